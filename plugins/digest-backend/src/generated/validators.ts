// Generated from openapi.yaml, do not edit: npm run generate
// @ts-nocheck
import { formats, type Validator } from '@bulkhead/openapi/validation';

export const listDigestsParameters: Validator = validate0;
const formats0 = formats.date;
function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.query === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "query"}});
      errors++;
    }
    if(data.query !== undefined){
      let data0 = data.query;
      if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
        if(data0.limit === undefined){
          data0.limit = 30;
        }
        let data1 = data0.limit;
        if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
          (vErrors ??= []).push({instancePath:instancePath+"/query/limit",keyword:"type",params:{type: "integer"}});
          errors++;
        }
        if(typeof data1 == "number"){
          if(data1 > 100 || isNaN(data1)){
            (vErrors ??= []).push({instancePath:instancePath+"/query/limit",keyword:"maximum",params:{comparison: "<=", limit: 100}});
            errors++;
          }
          if(data1 < 1 || isNaN(data1)){
            (vErrors ??= []).push({instancePath:instancePath+"/query/limit",keyword:"minimum",params:{comparison: ">=", limit: 1}});
            errors++;
          }
        }
        if(data0.cursor !== undefined){
          let data2 = data0.cursor;
          if(typeof data2 === "string"){
            if(!(formats0(data2))){
              (vErrors ??= []).push({instancePath:instancePath+"/query/cursor",keyword:"format",params:{format: "date"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/cursor",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/query",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate0.errors = vErrors;
  return errors === 0;
}
export const getDigestParameters: Validator = validate1;
function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.path === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "path"}});
      errors++;
    }
    if(data.path !== undefined){
      let data0 = data.path;
      if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
        if(data0.date === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/path",keyword:"required",params:{missingProperty: "date"}});
          errors++;
        }
        if(data0.date !== undefined){
          let data1 = data0.date;
          if(typeof data1 === "string"){
            if(!(formats0(data1))){
              (vErrors ??= []).push({instancePath:instancePath+"/path/date",keyword:"format",params:{format: "date"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/path/date",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/path",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate1.errors = vErrors;
  return errors === 0;
}
export const responseDigestPage: Validator = validate2;
const formats6 = formats["date-time"];
function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.date === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "date"}});
      errors++;
    }
    if(data.open === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "open"}});
      errors++;
    }
    if(data.done === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "done"}});
      errors++;
    }
    if(data.created === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "created"}});
      errors++;
    }
    if(data.completed === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "completed"}});
      errors++;
    }
    if(data.titles === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "titles"}});
      errors++;
    }
    if(data.countedAt === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "countedAt"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!(((((((key0 === "date") || (key0 === "open")) || (key0 === "done")) || (key0 === "created")) || (key0 === "completed")) || (key0 === "titles")) || (key0 === "countedAt"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.date !== undefined){
      let data0 = data.date;
      if(typeof data0 === "string"){
        if(!(formats0(data0))){
          (vErrors ??= []).push({instancePath:instancePath+"/date",keyword:"format",params:{format: "date"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/date",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.open !== undefined){
      let data1 = data.open;
      if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
        (vErrors ??= []).push({instancePath:instancePath+"/open",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data1 == "number"){
        if(data1 < 0 || isNaN(data1)){
          (vErrors ??= []).push({instancePath:instancePath+"/open",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.done !== undefined){
      let data2 = data.done;
      if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
        (vErrors ??= []).push({instancePath:instancePath+"/done",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data2 == "number"){
        if(data2 < 0 || isNaN(data2)){
          (vErrors ??= []).push({instancePath:instancePath+"/done",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.created !== undefined){
      let data3 = data.created;
      if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
        (vErrors ??= []).push({instancePath:instancePath+"/created",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data3 == "number"){
        if(data3 < 0 || isNaN(data3)){
          (vErrors ??= []).push({instancePath:instancePath+"/created",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.completed !== undefined){
      let data4 = data.completed;
      if(!((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4)))){
        (vErrors ??= []).push({instancePath:instancePath+"/completed",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data4 == "number"){
        if(data4 < 0 || isNaN(data4)){
          (vErrors ??= []).push({instancePath:instancePath+"/completed",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.titles !== undefined){
      let data5 = data.titles;
      if(Array.isArray(data5)){
        const len0 = data5.length;
        for(let i0=0; i0<len0; i0++){
          if(errors >= 100){break;}
          if(typeof data5[i0] !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/titles/" + i0,keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/titles",keyword:"type",params:{type: "array"}});
        errors++;
      }
    }
    if(data.countedAt !== undefined){
      let data7 = data.countedAt;
      if(typeof data7 === "string"){
        if(!(formats6(data7))){
          (vErrors ??= []).push({instancePath:instancePath+"/countedAt",keyword:"format",params:{format: "date-time"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/countedAt",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate3.errors = vErrors;
  return errors === 0;
}
function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.items === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "items"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!((key0 === "items") || (key0 === "nextCursor"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.items !== undefined){
      let data0 = data.items;
      if(Array.isArray(data0)){
        const len0 = data0.length;
        for(let i0=0; i0<len0; i0++){
          if(errors >= 100){break;}
          if(!(validate3(data0[i0], {instancePath:instancePath+"/items/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
            vErrors = vErrors === null ? validate3.errors : vErrors.concat(validate3.errors);
            errors = vErrors.length;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/items",keyword:"type",params:{type: "array"}});
        errors++;
      }
    }
    if(data.nextCursor !== undefined){
      let data2 = data.nextCursor;
      if(typeof data2 === "string"){
        if(!(formats0(data2))){
          (vErrors ??= []).push({instancePath:instancePath+"/nextCursor",keyword:"format",params:{format: "date"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/nextCursor",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate2.errors = vErrors;
  return errors === 0;
}
export const responseError: Validator = validate5;
function validate5(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.error === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "error"}});
      errors++;
    }
    if(data.response === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "response"}});
      errors++;
    }
    if(data.error !== undefined){
      let data0 = data.error;
      if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
        if(data0.name === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/error",keyword:"required",params:{missingProperty: "name"}});
          errors++;
        }
        if(data0.message === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/error",keyword:"required",params:{missingProperty: "message"}});
          errors++;
        }
        if(data0.code === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/error",keyword:"required",params:{missingProperty: "code"}});
          errors++;
        }
        if(data0.name !== undefined){
          if(typeof data0.name !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/error/name",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.message !== undefined){
          if(typeof data0.message !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/error/message",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.code !== undefined){
          if(typeof data0.code !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/error/code",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.hint !== undefined){
          if(typeof data0.hint !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/error/hint",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.violations !== undefined){
          let data5 = data0.violations;
          if(Array.isArray(data5)){
            const len0 = data5.length;
            for(let i0=0; i0<len0; i0++){
              if(errors >= 100){break;}
              let data6 = data5[i0];
              if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
                if(data6.pointer === undefined){
                  (vErrors ??= []).push({instancePath:instancePath+"/error/violations/" + i0,keyword:"required",params:{missingProperty: "pointer"}});
                  errors++;
                }
                if(data6.message === undefined){
                  (vErrors ??= []).push({instancePath:instancePath+"/error/violations/" + i0,keyword:"required",params:{missingProperty: "message"}});
                  errors++;
                }
                if(data6.pointer !== undefined){
                  if(typeof data6.pointer !== "string"){
                    (vErrors ??= []).push({instancePath:instancePath+"/error/violations/" + i0+"/pointer",keyword:"type",params:{type: "string"}});
                    errors++;
                  }
                }
                if(data6.message !== undefined){
                  if(typeof data6.message !== "string"){
                    (vErrors ??= []).push({instancePath:instancePath+"/error/violations/" + i0+"/message",keyword:"type",params:{type: "string"}});
                    errors++;
                  }
                }
              }
              else {
                (vErrors ??= []).push({instancePath:instancePath+"/error/violations/" + i0,keyword:"type",params:{type: "object"}});
                errors++;
              }
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/error/violations",keyword:"type",params:{type: "array"}});
            errors++;
          }
        }
        if(data0.cause !== undefined){
          let data9 = data0.cause;
          if(!(data9 && typeof data9 == "object" && !Array.isArray(data9))){
            (vErrors ??= []).push({instancePath:instancePath+"/error/cause",keyword:"type",params:{type: "object"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/error",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
    if(data.request !== undefined){
      let data10 = data.request;
      if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
        if(data10.method !== undefined){
          if(typeof data10.method !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/request/method",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data10.url !== undefined){
          if(typeof data10.url !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/request/url",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/request",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
    if(data.response !== undefined){
      let data13 = data.response;
      if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
        if(data13.statusCode === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/response",keyword:"required",params:{missingProperty: "statusCode"}});
          errors++;
        }
        if(data13.statusCode !== undefined){
          let data14 = data13.statusCode;
          if(!((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14)))){
            (vErrors ??= []).push({instancePath:instancePath+"/response/statusCode",keyword:"type",params:{type: "integer"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/response",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
    if(data.requestId !== undefined){
      if(typeof data.requestId !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/requestId",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate5.errors = vErrors;
  return errors === 0;
}
export const responseDigest: Validator = validate3;

// Generated from openapi.yaml, do not edit: npm run generate
// @ts-nocheck
import { formats, ucs2length, type Validator } from '@bulkhead/openapi/validation';

export const requestNewItem: Validator = validate0;
const schema0 = {"type":"object","required":["title","done","priority","dueAt","tags","assignee","steps"],"properties":{"title":{"type":"string","maxLength":200,"minLength":1},"done":{"type":"boolean"},"priority":{"type":"string","enum":["low","normal","high"]},"dueAt":{"type":"string","format":"date-time"},"estimate":{"type":"number","minimum":0},"description":{"type":"string","maxLength":2000},"tags":{"type":"array","maxItems":20,"items":{"type":"string","maxLength":40}},"assignee":{"type":"object","required":["name","team"],"properties":{"name":{"type":"string","maxLength":100,"minLength":1},"team":{"type":"string","maxLength":100}},"additionalProperties":false},"steps":{"type":"array","maxItems":50,"items":{"type":"object","required":["text","done"],"properties":{"text":{"type":"string","maxLength":200,"minLength":1},"done":{"type":"boolean"}},"additionalProperties":false}}},"additionalProperties":false};
const func0 = Object.prototype.hasOwnProperty;
const func1 = ucs2length;
const formats0 = formats["date-time"];
function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.title === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "title"}});
      errors++;
    }
    if(data.done === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "done"}});
      errors++;
    }
    if(data.priority === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "priority"}});
      errors++;
    }
    if(data.dueAt === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "dueAt"}});
      errors++;
    }
    if(data.tags === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "tags"}});
      errors++;
    }
    if(data.assignee === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "assignee"}});
      errors++;
    }
    if(data.steps === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "steps"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!(func0.call(schema0.properties, key0))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.title !== undefined){
      let data0 = data.title;
      if(typeof data0 === "string"){
        if(data0.length > 200 && func1(data0) > 200){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"maxLength",params:{limit: 200}});
          errors++;
        }
        if(data0.length < 2 * 1 && func1(data0) < 1){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"minLength",params:{limit: 1}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.done !== undefined){
      if(typeof data.done !== "boolean"){
        (vErrors ??= []).push({instancePath:instancePath+"/done",keyword:"type",params:{type: "boolean"}});
        errors++;
      }
    }
    if(data.priority !== undefined){
      let data2 = data.priority;
      if(typeof data2 !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/priority",keyword:"type",params:{type: "string"}});
        errors++;
      }
      if(!(((data2 === "low") || (data2 === "normal")) || (data2 === "high"))){
        (vErrors ??= []).push({instancePath:instancePath+"/priority",keyword:"enum",params:{allowedValues: schema0.properties.priority.enum}});
        errors++;
      }
    }
    if(data.dueAt !== undefined){
      let data3 = data.dueAt;
      if(typeof data3 === "string"){
        if(!(formats0(data3))){
          (vErrors ??= []).push({instancePath:instancePath+"/dueAt",keyword:"format",params:{format: "date-time"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/dueAt",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.estimate !== undefined){
      let data4 = data.estimate;
      if(typeof data4 == "number"){
        if(data4 < 0 || isNaN(data4)){
          (vErrors ??= []).push({instancePath:instancePath+"/estimate",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/estimate",keyword:"type",params:{type: "number"}});
        errors++;
      }
    }
    if(data.description !== undefined){
      let data5 = data.description;
      if(typeof data5 === "string"){
        if(data5.length > 2000 && func1(data5) > 2000){
          (vErrors ??= []).push({instancePath:instancePath+"/description",keyword:"maxLength",params:{limit: 2000}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/description",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.tags !== undefined){
      let data6 = data.tags;
      if(Array.isArray(data6)){
        if(data6.length > 20){
          (vErrors ??= []).push({instancePath:instancePath+"/tags",keyword:"maxItems",params:{limit: 20}});
          errors++;
        }
        const len0 = data6.length;
        for(let i0=0; i0<len0; i0++){
          if(errors >= 100){break;}
          let data7 = data6[i0];
          if(typeof data7 === "string"){
            if(data7.length > 40 && func1(data7) > 40){
              (vErrors ??= []).push({instancePath:instancePath+"/tags/" + i0,keyword:"maxLength",params:{limit: 40}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/tags/" + i0,keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/tags",keyword:"type",params:{type: "array"}});
        errors++;
      }
    }
    if(data.assignee !== undefined){
      let data8 = data.assignee;
      if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
        if(data8.name === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/assignee",keyword:"required",params:{missingProperty: "name"}});
          errors++;
        }
        if(data8.team === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/assignee",keyword:"required",params:{missingProperty: "team"}});
          errors++;
        }
        for(const key1 in data8){
          if(errors >= 100){break;}
          if(!((key1 === "name") || (key1 === "team"))){
            (vErrors ??= []).push({instancePath:instancePath+"/assignee",keyword:"additionalProperties",params:{additionalProperty: key1}});
            errors++;
          }
        }
        if(data8.name !== undefined){
          let data9 = data8.name;
          if(typeof data9 === "string"){
            if(data9.length > 100 && func1(data9) > 100){
              (vErrors ??= []).push({instancePath:instancePath+"/assignee/name",keyword:"maxLength",params:{limit: 100}});
              errors++;
            }
            if(data9.length < 2 * 1 && func1(data9) < 1){
              (vErrors ??= []).push({instancePath:instancePath+"/assignee/name",keyword:"minLength",params:{limit: 1}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/assignee/name",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data8.team !== undefined){
          let data10 = data8.team;
          if(typeof data10 === "string"){
            if(data10.length > 100 && func1(data10) > 100){
              (vErrors ??= []).push({instancePath:instancePath+"/assignee/team",keyword:"maxLength",params:{limit: 100}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/assignee/team",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/assignee",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
    if(data.steps !== undefined){
      let data11 = data.steps;
      if(Array.isArray(data11)){
        if(data11.length > 50){
          (vErrors ??= []).push({instancePath:instancePath+"/steps",keyword:"maxItems",params:{limit: 50}});
          errors++;
        }
        const len1 = data11.length;
        for(let i1=0; i1<len1; i1++){
          if(errors >= 100){break;}
          let data12 = data11[i1];
          if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
            if(data12.text === undefined){
              (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1,keyword:"required",params:{missingProperty: "text"}});
              errors++;
            }
            if(data12.done === undefined){
              (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1,keyword:"required",params:{missingProperty: "done"}});
              errors++;
            }
            for(const key2 in data12){
              if(errors >= 100){break;}
              if(!((key2 === "text") || (key2 === "done"))){
                (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1,keyword:"additionalProperties",params:{additionalProperty: key2}});
                errors++;
              }
            }
            if(data12.text !== undefined){
              let data13 = data12.text;
              if(typeof data13 === "string"){
                if(data13.length > 200 && func1(data13) > 200){
                  (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1+"/text",keyword:"maxLength",params:{limit: 200}});
                  errors++;
                }
                if(data13.length < 2 * 1 && func1(data13) < 1){
                  (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1+"/text",keyword:"minLength",params:{limit: 1}});
                  errors++;
                }
              }
              else {
                (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1+"/text",keyword:"type",params:{type: "string"}});
                errors++;
              }
            }
            if(data12.done !== undefined){
              if(typeof data12.done !== "boolean"){
                (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1+"/done",keyword:"type",params:{type: "boolean"}});
                errors++;
              }
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/steps/" + i1,keyword:"type",params:{type: "object"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/steps",keyword:"type",params:{type: "array"}});
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
export const getItemParameters: Validator = validate1;
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
        if(data0.id === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/path",keyword:"required",params:{missingProperty: "id"}});
          errors++;
        }
        if(data0.id !== undefined){
          let data1 = data0.id;
          if(typeof data1 === "string"){
            if(data1.length > 64 && func1(data1) > 64){
              (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"maxLength",params:{limit: 64}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"type",params:{type: "string"}});
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
export const getGuardedItemParameters: Validator = validate2;
function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
        if(data0.id === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/path",keyword:"required",params:{missingProperty: "id"}});
          errors++;
        }
        if(data0.id !== undefined){
          let data1 = data0.id;
          if(typeof data1 === "string"){
            if(data1.length > 64 && func1(data1) > 64){
              (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"maxLength",params:{limit: 64}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"type",params:{type: "string"}});
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
  validate2.errors = vErrors;
  return errors === 0;
}
export const responseItem: Validator = validate3;
function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.id === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "id"}});
      errors++;
    }
    if(data.title === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "title"}});
      errors++;
    }
    if(data.done === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "done"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!(((key0 === "id") || (key0 === "title")) || (key0 === "done"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.id !== undefined){
      if(typeof data.id !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.title !== undefined){
      if(typeof data.title !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.done !== undefined){
      if(typeof data.done !== "boolean"){
        (vErrors ??= []).push({instancePath:instancePath+"/done",keyword:"type",params:{type: "boolean"}});
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

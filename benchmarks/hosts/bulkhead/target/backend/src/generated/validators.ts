// Generated from openapi.yaml, do not edit: npm run generate
// @ts-nocheck
import { ucs2length, type Validator } from '@bulkhead/openapi/validation';

export const getItemParameters: Validator = validate0;
const func0 = ucs2length;
function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
            if(func0(data1) > 64){
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
  validate0.errors = vErrors;
  return errors === 0;
}
export const getItem200: Validator = validate1;
function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
  validate1.errors = vErrors;
  return errors === 0;
}

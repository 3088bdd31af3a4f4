// Generated from openapi.yaml, do not edit: npm run generate
// @ts-nocheck
import { formats, ucs2length, type Validator } from '@bulkhead/openapi/validation';

export const listTodosParameters: Validator = validate0;
const func0 = ucs2length;
const formats0 = formats["date-time"];
const pattern0 = new RegExp("^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$", "u");
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
        if(data0.limit !== undefined){
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
        }
        if(data0.cursor !== undefined){
          if(typeof data0.cursor !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/query/cursor",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.done !== undefined){
          if(typeof data0.done !== "boolean"){
            (vErrors ??= []).push({instancePath:instancePath+"/query/done",keyword:"type",params:{type: "boolean"}});
            errors++;
          }
        }
        if(data0.text !== undefined){
          let data4 = data0.text;
          if(typeof data4 === "string"){
            if(data4.length > 500 && func0(data4) > 500){
              (vErrors ??= []).push({instancePath:instancePath+"/query/text",keyword:"maxLength",params:{limit: 500}});
              errors++;
            }
            if(data4.length < 2 * 1 && func0(data4) < 1){
              (vErrors ??= []).push({instancePath:instancePath+"/query/text",keyword:"minLength",params:{limit: 1}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/text",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.createdSince !== undefined){
          let data5 = data0.createdSince;
          if(typeof data5 === "string"){
            if(!pattern0.test(data5)){
              (vErrors ??= []).push({instancePath:instancePath+"/query/createdSince",keyword:"pattern",params:{pattern: "^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"}});
              errors++;
            }
            if(!(formats0(data5))){
              (vErrors ??= []).push({instancePath:instancePath+"/query/createdSince",keyword:"format",params:{format: "date-time"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/createdSince",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.createdBefore !== undefined){
          let data6 = data0.createdBefore;
          if(typeof data6 === "string"){
            if(!pattern0.test(data6)){
              (vErrors ??= []).push({instancePath:instancePath+"/query/createdBefore",keyword:"pattern",params:{pattern: "^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"}});
              errors++;
            }
            if(!(formats0(data6))){
              (vErrors ??= []).push({instancePath:instancePath+"/query/createdBefore",keyword:"format",params:{format: "date-time"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/createdBefore",keyword:"type",params:{type: "string"}});
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
export const requestNewTodo: Validator = validate1;
const pattern2 = new RegExp("^(?=[^]*[^\\s\\u0000])[^\\u0000\\p{Cs}]*$", "u");
function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.done === undefined){
      data.done = false;
    }
    if(data.title === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "title"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!((key0 === "title") || (key0 === "done"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.title !== undefined){
      let data0 = data.title;
      if(typeof data0 === "string"){
        if(data0.length > 500 && func0(data0) > 500){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"maxLength",params:{limit: 500}});
          errors++;
        }
        if(data0.length < 2 * 1 && func0(data0) < 1){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"minLength",params:{limit: 1}});
          errors++;
        }
        if(!pattern2.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"pattern",params:{pattern: "^(?=[^]*[^\\s\\u0000])[^\\u0000\\p{Cs}]*$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(typeof data.done !== "boolean"){
      (vErrors ??= []).push({instancePath:instancePath+"/done",keyword:"type",params:{type: "boolean"}});
      errors++;
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate1.errors = vErrors;
  return errors === 0;
}
export const getTodoParameters: Validator = validate2;
const formats4 = formats.uuid;
function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.path === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "path"}});
      errors++;
    }
    if(data.headers === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "headers"}});
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
            if(!(formats4(data1))){
              (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"format",params:{format: "uuid"}});
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
    if(data.headers !== undefined){
      let data2 = data.headers;
      if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
        if(data2["if-none-match"] !== undefined){
          if(typeof data2["if-none-match"] !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/headers/if-none-match",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/headers",keyword:"type",params:{type: "object"}});
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
export const replaceTodoParameters: Validator = validate3;
function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.path === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "path"}});
      errors++;
    }
    if(data.headers === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "headers"}});
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
            if(!(formats4(data1))){
              (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"format",params:{format: "uuid"}});
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
    if(data.headers !== undefined){
      let data2 = data.headers;
      if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
        if(data2["if-match"] !== undefined){
          if(typeof data2["if-match"] !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/headers/if-match",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/headers",keyword:"type",params:{type: "object"}});
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
export const updateTodoParameters: Validator = validate4;
function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.path === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "path"}});
      errors++;
    }
    if(data.headers === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "headers"}});
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
            if(!(formats4(data1))){
              (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"format",params:{format: "uuid"}});
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
    if(data.headers !== undefined){
      let data2 = data.headers;
      if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
        if(data2["if-match"] !== undefined){
          if(typeof data2["if-match"] !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/headers/if-match",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/headers",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate4.errors = vErrors;
  return errors === 0;
}
export const requestTodoChanges: Validator = validate5;
function validate5(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(Object.keys(data).length < 1){
      (vErrors ??= []).push({instancePath,keyword:"minProperties",params:{limit: 1}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!((key0 === "title") || (key0 === "done"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.title !== undefined){
      let data0 = data.title;
      if(typeof data0 === "string"){
        if(data0.length > 500 && func0(data0) > 500){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"maxLength",params:{limit: 500}});
          errors++;
        }
        if(data0.length < 2 * 1 && func0(data0) < 1){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"minLength",params:{limit: 1}});
          errors++;
        }
        if(!pattern2.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"pattern",params:{pattern: "^(?=[^]*[^\\s\\u0000])[^\\u0000\\p{Cs}]*$"}});
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
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate5.errors = vErrors;
  return errors === 0;
}
export const deleteTodoParameters: Validator = validate6;
function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.path === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "path"}});
      errors++;
    }
    if(data.headers === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "headers"}});
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
            if(!(formats4(data1))){
              (vErrors ??= []).push({instancePath:instancePath+"/path/id",keyword:"format",params:{format: "uuid"}});
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
    if(data.headers !== undefined){
      let data2 = data.headers;
      if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
        if(data2["if-match"] !== undefined){
          if(typeof data2["if-match"] !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/headers/if-match",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/headers",keyword:"type",params:{type: "object"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate6.errors = vErrors;
  return errors === 0;
}
export const summarizeTodosParameters: Validator = validate7;
function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
        if(data0.since === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/query",keyword:"required",params:{missingProperty: "since"}});
          errors++;
        }
        if(data0.before === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/query",keyword:"required",params:{missingProperty: "before"}});
          errors++;
        }
        if(data0.since !== undefined){
          let data1 = data0.since;
          if(typeof data1 === "string"){
            if(!pattern0.test(data1)){
              (vErrors ??= []).push({instancePath:instancePath+"/query/since",keyword:"pattern",params:{pattern: "^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"}});
              errors++;
            }
            if(!(formats0(data1))){
              (vErrors ??= []).push({instancePath:instancePath+"/query/since",keyword:"format",params:{format: "date-time"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/since",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.before !== undefined){
          let data2 = data0.before;
          if(typeof data2 === "string"){
            if(!pattern0.test(data2)){
              (vErrors ??= []).push({instancePath:instancePath+"/query/before",keyword:"pattern",params:{pattern: "^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"}});
              errors++;
            }
            if(!(formats0(data2))){
              (vErrors ??= []).push({instancePath:instancePath+"/query/before",keyword:"format",params:{format: "date-time"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/before",keyword:"type",params:{type: "string"}});
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
  validate7.errors = vErrors;
  return errors === 0;
}
export const listSummariesParameters: Validator = validate8;
function validate8(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
          data0.limit = 100;
        }
        if(data0.since === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/query",keyword:"required",params:{missingProperty: "since"}});
          errors++;
        }
        if(data0.before === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/query",keyword:"required",params:{missingProperty: "before"}});
          errors++;
        }
        if(data0.since !== undefined){
          let data1 = data0.since;
          if(typeof data1 === "string"){
            if(!pattern0.test(data1)){
              (vErrors ??= []).push({instancePath:instancePath+"/query/since",keyword:"pattern",params:{pattern: "^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"}});
              errors++;
            }
            if(!(formats0(data1))){
              (vErrors ??= []).push({instancePath:instancePath+"/query/since",keyword:"format",params:{format: "date-time"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/since",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.before !== undefined){
          let data2 = data0.before;
          if(typeof data2 === "string"){
            if(!pattern0.test(data2)){
              (vErrors ??= []).push({instancePath:instancePath+"/query/before",keyword:"pattern",params:{pattern: "^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"}});
              errors++;
            }
            if(!(formats0(data2))){
              (vErrors ??= []).push({instancePath:instancePath+"/query/before",keyword:"format",params:{format: "date-time"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/query/before",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        let data3 = data0.limit;
        if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
          (vErrors ??= []).push({instancePath:instancePath+"/query/limit",keyword:"type",params:{type: "integer"}});
          errors++;
        }
        if(typeof data3 == "number"){
          if(data3 > 500 || isNaN(data3)){
            (vErrors ??= []).push({instancePath:instancePath+"/query/limit",keyword:"maximum",params:{comparison: "<=", limit: 500}});
            errors++;
          }
          if(data3 < 1 || isNaN(data3)){
            (vErrors ??= []).push({instancePath:instancePath+"/query/limit",keyword:"minimum",params:{comparison: ">=", limit: 1}});
            errors++;
          }
        }
        if(data0.cursor !== undefined){
          let data4 = data0.cursor;
          if(typeof data4 === "string"){
            if(data4.length < 2 * 1 && func0(data4) < 1){
              (vErrors ??= []).push({instancePath:instancePath+"/query/cursor",keyword:"minLength",params:{limit: 1}});
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
  validate8.errors = vErrors;
  return errors === 0;
}
export const responseTodoPage: Validator = validate9;
function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
    if(data.version === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "version"}});
      errors++;
    }
    if(data.createdAt === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "createdAt"}});
      errors++;
    }
    if(data.updatedAt === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "updatedAt"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!((((((key0 === "id") || (key0 === "title")) || (key0 === "done")) || (key0 === "version")) || (key0 === "createdAt")) || (key0 === "updatedAt"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.id !== undefined){
      let data0 = data.id;
      if(typeof data0 === "string"){
        if(!(formats4(data0))){
          (vErrors ??= []).push({instancePath:instancePath+"/id",keyword:"format",params:{format: "uuid"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.title !== undefined){
      let data1 = data.title;
      if(typeof data1 === "string"){
        if(data1.length > 500 && func0(data1) > 500){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"maxLength",params:{limit: 500}});
          errors++;
        }
        if(data1.length < 2 * 1 && func0(data1) < 1){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"minLength",params:{limit: 1}});
          errors++;
        }
        if(!pattern2.test(data1)){
          (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"pattern",params:{pattern: "^(?=[^]*[^\\s\\u0000])[^\\u0000\\p{Cs}]*$"}});
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
    if(data.version !== undefined){
      let data3 = data.version;
      if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
        (vErrors ??= []).push({instancePath:instancePath+"/version",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data3 == "number"){
        if(data3 < 1 || isNaN(data3)){
          (vErrors ??= []).push({instancePath:instancePath+"/version",keyword:"minimum",params:{comparison: ">=", limit: 1}});
          errors++;
        }
      }
    }
    if(data.createdAt !== undefined){
      let data4 = data.createdAt;
      if(typeof data4 === "string"){
        if(!(formats0(data4))){
          (vErrors ??= []).push({instancePath:instancePath+"/createdAt",keyword:"format",params:{format: "date-time"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/createdAt",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.updatedAt !== undefined){
      let data5 = data.updatedAt;
      if(typeof data5 === "string"){
        if(!(formats0(data5))){
          (vErrors ??= []).push({instancePath:instancePath+"/updatedAt",keyword:"format",params:{format: "date-time"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/updatedAt",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
function validate9(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
          if(!(validate10(data0[i0], {instancePath:instancePath+"/items/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
            vErrors = vErrors === null ? validate10.errors : vErrors.concat(validate10.errors);
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
      if(typeof data.nextCursor !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/nextCursor",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate9.errors = vErrors;
  return errors === 0;
}
export const responseError: Validator = validate12;
function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
  validate12.errors = vErrors;
  return errors === 0;
}
export const responseTodo: Validator = validate10;
export const createTodo201Headers: Validator = validate13;
const pattern9 = new RegExp("^\"[1-9][0-9]*\"$", "u");
const formats26 = formats["uri-reference"];
function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.etag === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "etag"}});
      errors++;
    }
    if(data.location === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "location"}});
      errors++;
    }
    if(data.etag !== undefined){
      let data0 = data.etag;
      if(typeof data0 === "string"){
        if(!pattern9.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"pattern",params:{pattern: "^\"[1-9][0-9]*\"$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.location !== undefined){
      let data1 = data.location;
      if(typeof data1 === "string"){
        if(!(formats26(data1))){
          (vErrors ??= []).push({instancePath:instancePath+"/location",keyword:"format",params:{format: "uri-reference"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/location",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate13.errors = vErrors;
  return errors === 0;
}
export const getTodo200Headers: Validator = validate14;
function validate14(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.etag === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "etag"}});
      errors++;
    }
    if(data.etag !== undefined){
      let data0 = data.etag;
      if(typeof data0 === "string"){
        if(!pattern9.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"pattern",params:{pattern: "^\"[1-9][0-9]*\"$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate14.errors = vErrors;
  return errors === 0;
}
export const getTodo304Headers: Validator = validate15;
function validate15(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.etag === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "etag"}});
      errors++;
    }
    if(data.etag !== undefined){
      let data0 = data.etag;
      if(typeof data0 === "string"){
        if(!pattern9.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"pattern",params:{pattern: "^\"[1-9][0-9]*\"$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate15.errors = vErrors;
  return errors === 0;
}
export const replaceTodo200Headers: Validator = validate16;
function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.etag === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "etag"}});
      errors++;
    }
    if(data.etag !== undefined){
      let data0 = data.etag;
      if(typeof data0 === "string"){
        if(!pattern9.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"pattern",params:{pattern: "^\"[1-9][0-9]*\"$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate16.errors = vErrors;
  return errors === 0;
}
export const updateTodo200Headers: Validator = validate17;
function validate17(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.etag === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "etag"}});
      errors++;
    }
    if(data.etag !== undefined){
      let data0 = data.etag;
      if(typeof data0 === "string"){
        if(!pattern9.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"pattern",params:{pattern: "^\"[1-9][0-9]*\"$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/etag",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate17.errors = vErrors;
  return errors === 0;
}
export const responseSummary: Validator = validate18;
function validate18(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
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
      if(!((((((key0 === "open") || (key0 === "done")) || (key0 === "created")) || (key0 === "completed")) || (key0 === "titles")) || (key0 === "countedAt"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.open !== undefined){
      let data0 = data.open;
      if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
        (vErrors ??= []).push({instancePath:instancePath+"/open",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data0 == "number"){
        if(data0 < 0 || isNaN(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/open",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.done !== undefined){
      let data1 = data.done;
      if(!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))){
        (vErrors ??= []).push({instancePath:instancePath+"/done",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data1 == "number"){
        if(data1 < 0 || isNaN(data1)){
          (vErrors ??= []).push({instancePath:instancePath+"/done",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.created !== undefined){
      let data2 = data.created;
      if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
        (vErrors ??= []).push({instancePath:instancePath+"/created",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data2 == "number"){
        if(data2 < 0 || isNaN(data2)){
          (vErrors ??= []).push({instancePath:instancePath+"/created",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.completed !== undefined){
      let data3 = data.completed;
      if(!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))){
        (vErrors ??= []).push({instancePath:instancePath+"/completed",keyword:"type",params:{type: "integer"}});
        errors++;
      }
      if(typeof data3 == "number"){
        if(data3 < 0 || isNaN(data3)){
          (vErrors ??= []).push({instancePath:instancePath+"/completed",keyword:"minimum",params:{comparison: ">=", limit: 0}});
          errors++;
        }
      }
    }
    if(data.titles !== undefined){
      let data4 = data.titles;
      if(Array.isArray(data4)){
        if(data4.length > 5){
          (vErrors ??= []).push({instancePath:instancePath+"/titles",keyword:"maxItems",params:{limit: 5}});
          errors++;
        }
        const len0 = data4.length;
        for(let i0=0; i0<len0; i0++){
          if(errors >= 100){break;}
          let data5 = data4[i0];
          if(typeof data5 === "string"){
            if(data5.length > 500 && func0(data5) > 500){
              (vErrors ??= []).push({instancePath:instancePath+"/titles/" + i0,keyword:"maxLength",params:{limit: 500}});
              errors++;
            }
            if(data5.length < 2 * 1 && func0(data5) < 1){
              (vErrors ??= []).push({instancePath:instancePath+"/titles/" + i0,keyword:"minLength",params:{limit: 1}});
              errors++;
            }
            if(!pattern2.test(data5)){
              (vErrors ??= []).push({instancePath:instancePath+"/titles/" + i0,keyword:"pattern",params:{pattern: "^(?=[^]*[^\\s\\u0000])[^\\u0000\\p{Cs}]*$"}});
              errors++;
            }
          }
          else {
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
      let data6 = data.countedAt;
      if(typeof data6 === "string"){
        if(!(formats0(data6))){
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
  validate18.errors = vErrors;
  return errors === 0;
}
export const responseSummaryPage: Validator = validate19;
function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.owner === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "owner"}});
      errors++;
    }
    if(data.summary === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "summary"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!((key0 === "owner") || (key0 === "summary"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.owner !== undefined){
      if(typeof data.owner !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/owner",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.summary !== undefined){
      if(!(validate18(data.summary, {instancePath:instancePath+"/summary",parentData:data,parentDataProperty:"summary",rootData}))){
        vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors);
        errors = vErrors.length;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
function validate19(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
          if(!(validate20(data0[i0], {instancePath:instancePath+"/items/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
            vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
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
      if(typeof data.nextCursor !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/nextCursor",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
  }
  else {
    (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
    errors++;
  }
  validate19.errors = vErrors;
  return errors === 0;
}

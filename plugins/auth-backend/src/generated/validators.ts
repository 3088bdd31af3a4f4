// Generated from openapi.yaml, do not edit: npm run generate
// @ts-nocheck
import { formats, ucs2length, type Validator } from '@bulkhead/openapi/validation';

export const requestGuestSignIn: Validator = validate0;
const func0 = ucs2length;
const pattern0 = new RegExp("^[^:/\\s]+:[^:/\\s]+/[^:/\\s]+$", "u");
function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!(key0 === "user")){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.user !== undefined){
      let data0 = data.user;
      if(typeof data0 === "string"){
        if(data0.length > 500 && func0(data0) > 500){
          (vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"maxLength",params:{limit: 500}});
          errors++;
        }
        if(!pattern0.test(data0)){
          (vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"pattern",params:{pattern: "^[^:/\\s]+:[^:/\\s]+/[^:/\\s]+$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"type",params:{type: "string"}});
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
export const responseSignedIn: Validator = validate1;
const formats0 = formats["date-time"];
function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.token === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "token"}});
      errors++;
    }
    if(data.expiresAt === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "expiresAt"}});
      errors++;
    }
    if(data.user === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "user"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!(((key0 === "token") || (key0 === "expiresAt")) || (key0 === "user"))){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.token !== undefined){
      if(typeof data.token !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/token",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.expiresAt !== undefined){
      let data1 = data.expiresAt;
      if(typeof data1 === "string"){
        if(!(formats0(data1))){
          (vErrors ??= []).push({instancePath:instancePath+"/expiresAt",keyword:"format",params:{format: "date-time"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/expiresAt",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.user !== undefined){
      let data2 = data.user;
      if(typeof data2 === "string"){
        if(data2.length > 500 && func0(data2) > 500){
          (vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"maxLength",params:{limit: 500}});
          errors++;
        }
        if(!pattern0.test(data2)){
          (vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"pattern",params:{pattern: "^[^:/\\s]+:[^:/\\s]+/[^:/\\s]+$"}});
          errors++;
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/user",keyword:"type",params:{type: "string"}});
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
export const responseError: Validator = validate2;
function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
        if(data0.cause !== undefined){
          let data5 = data0.cause;
          if(!(data5 && typeof data5 == "object" && !Array.isArray(data5))){
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
      let data6 = data.request;
      if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
        if(data6.method !== undefined){
          if(typeof data6.method !== "string"){
            (vErrors ??= []).push({instancePath:instancePath+"/request/method",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data6.url !== undefined){
          if(typeof data6.url !== "string"){
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
      let data9 = data.response;
      if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
        if(data9.statusCode === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/response",keyword:"required",params:{missingProperty: "statusCode"}});
          errors++;
        }
        if(data9.statusCode !== undefined){
          let data10 = data9.statusCode;
          if(!((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10)))){
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
  validate2.errors = vErrors;
  return errors === 0;
}
export const responseKeySet: Validator = validate3;
function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.kty === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "kty"}});
      errors++;
    }
    if(data.kid === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "kid"}});
      errors++;
    }
    if(data.alg === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "alg"}});
      errors++;
    }
    if(data.use === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "use"}});
      errors++;
    }
    if(data.kty !== undefined){
      if(typeof data.kty !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/kty",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.kid !== undefined){
      if(typeof data.kid !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/kid",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.alg !== undefined){
      if(typeof data.alg !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/alg",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.use !== undefined){
      let data3 = data.use;
      if(typeof data3 !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/use",keyword:"type",params:{type: "string"}});
        errors++;
      }
      if("sig" !== data3){
        (vErrors ??= []).push({instancePath:instancePath+"/use",keyword:"const",params:{allowedValue: "sig"}});
        errors++;
      }
    }
    if(data.crv !== undefined){
      if(typeof data.crv !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/crv",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.x !== undefined){
      if(typeof data.x !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/x",keyword:"type",params:{type: "string"}});
        errors++;
      }
    }
    if(data.y !== undefined){
      if(typeof data.y !== "string"){
        (vErrors ??= []).push({instancePath:instancePath+"/y",keyword:"type",params:{type: "string"}});
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
function validate3(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.keys === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "keys"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!(key0 === "keys")){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.keys !== undefined){
      let data0 = data.keys;
      if(Array.isArray(data0)){
        const len0 = data0.length;
        for(let i0=0; i0<len0; i0++){
          if(errors >= 100){break;}
          if(!(validate4(data0[i0], {instancePath:instancePath+"/keys/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
            vErrors = vErrors === null ? validate4.errors : vErrors.concat(validate4.errors);
            errors = vErrors.length;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/keys",keyword:"type",params:{type: "array"}});
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
export const responseUserInfo: Validator = validate6;
function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
  let vErrors = null;
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.claims === undefined){
      (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "claims"}});
      errors++;
    }
    for(const key0 in data){
      if(errors >= 100){break;}
      if(!(key0 === "claims")){
        (vErrors ??= []).push({instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}});
        errors++;
      }
    }
    if(data.claims !== undefined){
      let data0 = data.claims;
      if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
        if(data0.sub === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/claims",keyword:"required",params:{missingProperty: "sub"}});
          errors++;
        }
        if(data0.ent === undefined){
          (vErrors ??= []).push({instancePath:instancePath+"/claims",keyword:"required",params:{missingProperty: "ent"}});
          errors++;
        }
        for(const key1 in data0){
          if(errors >= 100){break;}
          if(!((key1 === "sub") || (key1 === "ent"))){
            (vErrors ??= []).push({instancePath:instancePath+"/claims",keyword:"additionalProperties",params:{additionalProperty: key1}});
            errors++;
          }
        }
        if(data0.sub !== undefined){
          let data1 = data0.sub;
          if(typeof data1 === "string"){
            if(data1.length > 500 && func0(data1) > 500){
              (vErrors ??= []).push({instancePath:instancePath+"/claims/sub",keyword:"maxLength",params:{limit: 500}});
              errors++;
            }
            if(!pattern0.test(data1)){
              (vErrors ??= []).push({instancePath:instancePath+"/claims/sub",keyword:"pattern",params:{pattern: "^[^:/\\s]+:[^:/\\s]+/[^:/\\s]+$"}});
              errors++;
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/claims/sub",keyword:"type",params:{type: "string"}});
            errors++;
          }
        }
        if(data0.ent !== undefined){
          let data2 = data0.ent;
          if(Array.isArray(data2)){
            const len0 = data2.length;
            for(let i0=0; i0<len0; i0++){
              if(errors >= 100){break;}
              let data3 = data2[i0];
              if(typeof data3 === "string"){
                if(data3.length > 500 && func0(data3) > 500){
                  (vErrors ??= []).push({instancePath:instancePath+"/claims/ent/" + i0,keyword:"maxLength",params:{limit: 500}});
                  errors++;
                }
                if(!pattern0.test(data3)){
                  (vErrors ??= []).push({instancePath:instancePath+"/claims/ent/" + i0,keyword:"pattern",params:{pattern: "^[^:/\\s]+:[^:/\\s]+/[^:/\\s]+$"}});
                  errors++;
                }
              }
              else {
                (vErrors ??= []).push({instancePath:instancePath+"/claims/ent/" + i0,keyword:"type",params:{type: "string"}});
                errors++;
              }
            }
          }
          else {
            (vErrors ??= []).push({instancePath:instancePath+"/claims/ent",keyword:"type",params:{type: "array"}});
            errors++;
          }
        }
      }
      else {
        (vErrors ??= []).push({instancePath:instancePath+"/claims",keyword:"type",params:{type: "object"}});
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

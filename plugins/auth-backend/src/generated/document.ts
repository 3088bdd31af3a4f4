// Generated from openapi.yaml, do not edit: npm run generate
import type { JsonObject } from '@bulkhead/types';

/** The contract, in one piece. */
export const document: JsonObject = {
  "openapi": "3.1.0",
  "info": {
    "title": "auth",
    "version": "1.0.0",
    "description": "Signs users in, and issues the tokens by which all plugins know them.",
    "license": {
      "name": "Apache-2.0",
      "identifier": "Apache-2.0"
    }
  },
  "security": [
    {
      "bearer": []
    }
  ],
  "paths": {
    "/guest/token": {
      "post": {
        "operationId": "signInAsGuest",
        "summary": "Sign in without any proof",
        "description": "For development. In production it has to be allowed by the configuration.",
        "security": [],
        "requestBody": {
          "required": false,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/GuestSignIn"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The user is signed in",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SignedIn"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "415": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/.well-known/jwks.json": {
      "get": {
        "operationId": "getPublicKeys",
        "summary": "The public keys with which tokens of users are verified",
        "security": [],
        "responses": {
          "200": {
            "description": "A JSON Web Key Set",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/KeySet"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1/userinfo": {
      "get": {
        "operationId": "getUserInfo",
        "summary": "What is known about the user whose token is sent",
        "description": "A limited token of the user will do.",
        "security": [
          {
            "bearer": [
              "user"
            ]
          },
          {
            "cookie": []
          }
        ],
        "responses": {
          "200": {
            "description": "The claims of the user",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/UserInfo"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "403": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "bearer": {
        "type": "http",
        "scheme": "bearer"
      },
      "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "backstage-auth"
      }
    },
    "responses": {
      "Error": {
        "description": "What went wrong",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            }
          }
        }
      }
    },
    "schemas": {
      "EntityRef": {
        "type": "string",
        "pattern": "^[^:/\\s]+:[^:/\\s]+/[^:/\\s]+$",
        "maxLength": 500,
        "examples": [
          "user:default/alice"
        ]
      },
      "GuestSignIn": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "user": {
            "$ref": "#/components/schemas/EntityRef",
            "description": "Whom to sign in as, out of those in the configuration; by default user:development/guest."
          }
        }
      },
      "SignedIn": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "token",
          "expiresAt",
          "user"
        ],
        "properties": {
          "token": {
            "type": "string",
            "description": "What to send in 'Authorization Bearer' from now on."
          },
          "expiresAt": {
            "type": "string",
            "format": "date-time"
          },
          "user": {
            "$ref": "#/components/schemas/EntityRef"
          }
        }
      },
      "KeySet": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "keys"
        ],
        "properties": {
          "keys": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PublicKey"
            }
          }
        }
      },
      "PublicKey": {
        "type": "object",
        "required": [
          "kty",
          "kid",
          "alg",
          "use"
        ],
        "properties": {
          "kty": {
            "type": "string"
          },
          "kid": {
            "type": "string"
          },
          "alg": {
            "type": "string"
          },
          "use": {
            "type": "string",
            "const": "sig"
          },
          "crv": {
            "type": "string"
          },
          "x": {
            "type": "string"
          },
          "y": {
            "type": "string"
          }
        }
      },
      "UserInfo": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "claims"
        ],
        "properties": {
          "claims": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "sub",
              "ent"
            ],
            "properties": {
              "sub": {
                "$ref": "#/components/schemas/EntityRef"
              },
              "ent": {
                "type": "array",
                "description": "Through whom the user owns things.",
                "items": {
                  "$ref": "#/components/schemas/EntityRef"
                }
              }
            }
          }
        }
      },
      "Error": {
        "type": "object",
        "required": [
          "error",
          "response"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "name",
              "message",
              "code"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              },
              "code": {
                "type": "string"
              },
              "hint": {
                "type": "string"
              },
              "cause": {
                "type": "object"
              }
            }
          },
          "request": {
            "type": "object",
            "properties": {
              "method": {
                "type": "string"
              },
              "url": {
                "type": "string"
              }
            }
          },
          "response": {
            "type": "object",
            "required": [
              "statusCode"
            ],
            "properties": {
              "statusCode": {
                "type": "integer"
              }
            }
          },
          "requestId": {
            "type": "string"
          }
        }
      }
    }
  }
};

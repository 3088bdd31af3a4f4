// Generated from openapi.yaml, do not edit: npm run generate
import type { JsonObject } from '@bulkhead/types';

/** The contract, in one piece. */
export const document: JsonObject = {
  "openapi": "3.1.0",
  "info": {
    "title": "digest",
    "version": "1.0.0",
    "description": "What each day has brought to each owner of todos. Days are those of UTC. After its end a day is counted once more.",
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
    "/digests": {
      "get": {
        "operationId": "listDigests",
        "summary": "List the caller's digests",
        "description": "The latest day first.",
        "x-pagination": {
          "parameter": "cursor",
          "next": "/nextCursor",
          "items": "/items"
        },
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "description": "How many digests to return at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 30
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "The `nextCursor` of the page before.",
            "schema": {
              "type": "string",
              "format": "date"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "A page of digests",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DigestPage"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "post": {
        "operationId": "makeDigest",
        "summary": "Make today's digest now",
        "description": "Otherwise it is made when the schedule says so. Making it again brings it up to date. For users only: todos are asked for on behalf of whoever calls, which can only be done for users.",
        "security": [
          {
            "bearer": [
              "user"
            ]
          }
        ],
        "responses": {
          "200": {
            "description": "Today's digest",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Digest"
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
          "503": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/digests/{date}": {
      "get": {
        "operationId": "getDigest",
        "summary": "Read the caller's digest of a day",
        "parameters": [
          {
            "name": "date",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "format": "date"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The digest",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Digest"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
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
      "Digest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "date",
          "open",
          "done",
          "created",
          "completed",
          "titles",
          "countedAt"
        ],
        "properties": {
          "date": {
            "type": "string",
            "format": "date"
          },
          "open": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos that are not done, or were not when the day ended."
          },
          "done": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos that are, or were."
          },
          "created": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos made on that day."
          },
          "completed": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos done on that day."
          },
          "titles": {
            "type": "array",
            "description": "Of what is open, the newest.",
            "items": {
              "type": "string"
            }
          },
          "countedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When all this was true."
          }
        }
      },
      "DigestPage": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Digest"
            }
          },
          "nextCursor": {
            "type": "string",
            "format": "date",
            "description": "Asks for the next page; absent on the last."
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
              "violations": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": [
                    "pointer",
                    "message"
                  ],
                  "properties": {
                    "pointer": {
                      "type": "string"
                    },
                    "message": {
                      "type": "string"
                    }
                  }
                }
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

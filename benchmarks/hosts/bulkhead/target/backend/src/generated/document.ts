// Generated from openapi.yaml, do not edit: npm run generate
import type { JsonObject } from '@bulkhead/types';

/** The contract, in one piece. */
export const document: JsonObject = {
  "openapi": "3.1.0",
  "info": {
    "title": "target",
    "version": "1.0.0",
    "description": "The common application of all hosts, and what is called while calls are counted."
  },
  "security": [
    {
      "bearer": []
    }
  ],
  "paths": {
    "/items": {
      "post": {
        "operationId": "createItem",
        "summary": "Make an item",
        "security": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/NewItem"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The new item",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Item"
                }
              }
            }
          }
        }
      }
    },
    "/items/{id}": {
      "get": {
        "operationId": "getItem",
        "summary": "Read an item",
        "security": [],
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "responses": {
          "200": {
            "$ref": "#/components/responses/Item"
          }
        }
      }
    },
    "/guarded/{id}": {
      "get": {
        "operationId": "getGuardedItem",
        "summary": "Read an item, which takes credentials",
        "parameters": [
          {
            "$ref": "#/components/parameters/id"
          }
        ],
        "responses": {
          "200": {
            "$ref": "#/components/responses/Item"
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
    "parameters": {
      "id": {
        "name": "id",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 64
        }
      }
    },
    "responses": {
      "Item": {
        "description": "The item",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Item"
            }
          }
        }
      }
    },
    "schemas": {
      "Item": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "title",
          "done"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "done": {
            "type": "boolean"
          }
        }
      },
      "NewItem": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "title",
          "done",
          "priority",
          "dueAt",
          "tags",
          "assignee",
          "steps"
        ],
        "properties": {
          "title": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "done": {
            "type": "boolean"
          },
          "priority": {
            "type": "string",
            "enum": [
              "low",
              "normal",
              "high"
            ]
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "estimate": {
            "type": "number",
            "minimum": 0
          },
          "description": {
            "type": "string",
            "maxLength": 2000
          },
          "tags": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "type": "string",
              "maxLength": 40
            }
          },
          "assignee": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "name",
              "team"
            ],
            "properties": {
              "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 100
              },
              "team": {
                "type": "string",
                "maxLength": 100
              }
            }
          },
          "steps": {
            "type": "array",
            "maxItems": 50,
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "text",
                "done"
              ],
              "properties": {
                "text": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 200
                },
                "done": {
                  "type": "boolean"
                }
              }
            }
          }
        }
      }
    }
  }
};

// Generated from openapi.yaml, do not edit: npm run generate
import type { JsonObject } from '@bulkhead/types';

/** The contract, in one piece. */
export const document: JsonObject = {
  "openapi": "3.1.0",
  "info": {
    "title": "todo",
    "version": "1.0.0",
    "description": "Todos, one owner apart from another. A caller sees and changes its own only.",
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
    "/todos": {
      "get": {
        "operationId": "listTodos",
        "summary": "List todos",
        "description": "The newest first. Todos that are made while a client pages through the list do not shift its pages.",
        "x-pagination": {
          "parameter": "cursor",
          "next": "/nextCursor",
          "items": "/items"
        },
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "description": "How many todos to return at most; by default as many as the configuration says (`todo.pageSize`).",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "The `nextCursor` of the page before. Repeat the other parameters along with it.",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "done",
            "in": "query",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "name": "text",
            "in": "query",
            "description": "Part of the title, in any case.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 500
            }
          },
          {
            "name": "createdSince",
            "in": "query",
            "description": "Only todos created then or later.",
            "schema": {
              "$ref": "#/components/schemas/Moment"
            }
          },
          {
            "name": "createdBefore",
            "in": "query",
            "description": "Only todos created earlier.",
            "schema": {
              "$ref": "#/components/schemas/Moment"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "A page of todos",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TodoPage"
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
        "operationId": "createTodo",
        "summary": "Make a todo",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/NewTodo"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The new todo",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
              },
              "Location": {
                "description": "The path of the new todo.",
                "required": true,
                "schema": {
                  "type": "string",
                  "format": "uri-reference"
                }
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Todo"
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
          "415": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/todos/{id}": {
      "parameters": [
        {
          "name": "id",
          "in": "path",
          "required": true,
          "schema": {
            "type": "string",
            "format": "uuid"
          }
        }
      ],
      "get": {
        "operationId": "getTodo",
        "summary": "Read a todo",
        "parameters": [
          {
            "name": "If-None-Match",
            "in": "header",
            "description": "ETags of what the client has already.",
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "$ref": "#/components/responses/Todo"
          },
          "304": {
            "description": "The client has the todo as it is",
            "headers": {
              "ETag": {
                "$ref": "#/components/headers/ETag"
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
      },
      "put": {
        "operationId": "replaceTodo",
        "summary": "Replace a todo",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfMatch"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/NewTodo"
              }
            }
          }
        },
        "responses": {
          "200": {
            "$ref": "#/components/responses/Todo"
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          },
          "412": {
            "$ref": "#/components/responses/Error"
          },
          "415": {
            "$ref": "#/components/responses/Error"
          },
          "428": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "patch": {
        "operationId": "updateTodo",
        "summary": "Change part of a todo",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfMatch"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TodoChanges"
              }
            }
          }
        },
        "responses": {
          "200": {
            "$ref": "#/components/responses/Todo"
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          },
          "412": {
            "$ref": "#/components/responses/Error"
          },
          "415": {
            "$ref": "#/components/responses/Error"
          },
          "428": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "delete": {
        "operationId": "deleteTodo",
        "summary": "Delete a todo",
        "parameters": [
          {
            "$ref": "#/components/parameters/IfMatch"
          }
        ],
        "responses": {
          "204": {
            "description": "The todo is gone"
          },
          "400": {
            "$ref": "#/components/responses/Error"
          },
          "401": {
            "$ref": "#/components/responses/Error"
          },
          "404": {
            "$ref": "#/components/responses/Error"
          },
          "412": {
            "$ref": "#/components/responses/Error"
          },
          "428": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/summary": {
      "get": {
        "operationId": "summarizeTodos",
        "summary": "Count the caller's todos",
        "parameters": [
          {
            "$ref": "#/components/parameters/Since"
          },
          {
            "$ref": "#/components/parameters/Before"
          }
        ],
        "responses": {
          "200": {
            "description": "How many there are",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Summary"
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
      }
    },
    "/summaries": {
      "get": {
        "operationId": "listSummaries",
        "summary": "Count everybody's todos",
        "description": "For other plugins only, which have work to do that no user asks for: neither users nor callers from outside may see this. Owners follow each other by name. Those are left out who had nothing open and for whom nothing happened in the time in question.",
        "security": [
          {
            "bearer": [
              "service"
            ]
          }
        ],
        "x-pagination": {
          "parameter": "cursor",
          "next": "/nextCursor",
          "items": "/items"
        },
        "parameters": [
          {
            "$ref": "#/components/parameters/Since"
          },
          {
            "$ref": "#/components/parameters/Before"
          },
          {
            "name": "limit",
            "in": "query",
            "description": "How many owners to return at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 500,
              "default": 100
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "The `nextCursor` of the page before. Repeat the other parameters along with it.",
            "schema": {
              "type": "string",
              "minLength": 1
            }
          }
        ],
        "responses": {
          "200": {
            "description": "A page of summaries",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SummaryPage"
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
          "403": {
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
    "parameters": {
      "Since": {
        "name": "since",
        "in": "query",
        "required": true,
        "description": "Where the time begins for which `created` and `completed` are counted.",
        "schema": {
          "$ref": "#/components/schemas/Moment"
        }
      },
      "Before": {
        "name": "before",
        "in": "query",
        "required": true,
        "description": "Where that time ends, exclusively. If that is yet to come, it ends now.",
        "schema": {
          "$ref": "#/components/schemas/Moment"
        }
      },
      "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag of the todo that the change is meant for, or `*` for whatever there is. Without the header the answer is 428, with another ETag 412.",
        "schema": {
          "type": "string"
        }
      }
    },
    "headers": {
      "ETag": {
        "description": "The version of the todo in double quotes.",
        "required": true,
        "schema": {
          "type": "string",
          "pattern": "^\"[1-9][0-9]*\"$"
        }
      }
    },
    "responses": {
      "Todo": {
        "description": "The todo",
        "headers": {
          "ETag": {
            "$ref": "#/components/headers/ETag"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Todo"
            }
          }
        }
      },
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
      "Todo": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "title",
          "done",
          "version",
          "createdAt",
          "updatedAt"
        ],
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "title": {
            "$ref": "#/components/schemas/Title"
          },
          "done": {
            "type": "boolean"
          },
          "version": {
            "type": "integer",
            "minimum": 1,
            "description": "Counts the changes. In double quotes it is the ETag."
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "NewTodo": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "title"
        ],
        "properties": {
          "title": {
            "$ref": "#/components/schemas/Title"
          },
          "done": {
            "type": "boolean",
            "default": false
          }
        }
      },
      "TodoChanges": {
        "type": "object",
        "additionalProperties": false,
        "minProperties": 1,
        "properties": {
          "title": {
            "$ref": "#/components/schemas/Title"
          },
          "done": {
            "type": "boolean"
          }
        }
      },
      "TodoPage": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Todo"
            }
          },
          "nextCursor": {
            "type": "string",
            "description": "Asks for the next page; absent on the last."
          }
        }
      },
      "Summary": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "open",
          "done",
          "created",
          "completed",
          "titles",
          "countedAt"
        ],
        "properties": {
          "open": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos that were not done when that time ended."
          },
          "done": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos that were."
          },
          "created": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos made in the time in question."
          },
          "completed": {
            "type": "integer",
            "minimum": 0,
            "description": "Todos done in the time in question that still are."
          },
          "titles": {
            "type": "array",
            "maxItems": 5,
            "description": "Of what was open, the newest.",
            "items": {
              "$ref": "#/components/schemas/Title"
            }
          },
          "countedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When this was true. Of two summaries the later one says what is newer."
          }
        }
      },
      "OwnerSummary": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "owner",
          "summary"
        ],
        "properties": {
          "owner": {
            "type": "string",
            "description": "Entity ref of a user, or subject of a service."
          },
          "summary": {
            "$ref": "#/components/schemas/Summary"
          }
        }
      },
      "SummaryPage": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/OwnerSummary"
            }
          },
          "nextCursor": {
            "type": "string",
            "description": "Asks for the next page; absent on the last."
          }
        }
      },
      "Moment": {
        "type": "string",
        "format": "date-time",
        "description": "Of a year that PostgreSQL knows, which begins to count at 1, and without leap seconds.",
        "pattern": "^(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"
      },
      "Title": {
        "type": "string",
        "minLength": 1,
        "maxLength": 500,
        "description": "Not blank. What PostgreSQL cannot store (NUL, half of a surrogate pair) is refused.",
        "pattern": "^(?=[^]*[^\\s\\u0000])[^\\u0000\\p{Cs}]*$"
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

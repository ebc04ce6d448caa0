"""As much of JSON Schema (2020-12) as tests/vectors/schema.json needs. An unknown keyword is an error, so that nothing is passed over."""
import re

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
SILENT = {"$schema", "$defs", "title", "description"}


def has_type(value, name):
    return isinstance(value, TYPES[name]) and not (name == "integer" and isinstance(value, bool))


def check_object(value, schema, root, where):
    names = schema.get("properties", {})
    yield from (f"{where}: {key} is missing" for key in schema.get("required", ()) if key not in value)
    for key, item in value.items():
        rule = names.get(key, schema.get("additionalProperties", True))
        if rule is False:
            yield f"{where}: {key} is not known"
        elif rule is not True:
            yield from errors(item, rule, root, f"{where}.{key}")


def check_array(value, schema, root, where):
    if len(value) < schema.get("minItems", 0):
        yield f"{where}: {len(value)} items"
    for i, item in enumerate(value):
        yield from errors(item, schema.get("items", {}), root, f"{where}[{i}]")


def check_value(value, schema, where):
    if "const" in schema and value != schema["const"]:
        yield f"{where}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is none of {schema['enum']}"
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{where}: {value!r} does not match {schema['pattern']}"
    if "minimum" in schema and has_type(value, "integer") and value < schema["minimum"]:
        yield f"{where}: {value} is less than {schema['minimum']}"


KNOWN = SILENT | {"$ref", "type", "properties", "required", "additionalProperties", "items", "minItems", "const", "enum", "pattern", "minimum"}


def errors(value, schema, root=None, where="$"):
    """Where a value is not what the schema asks for."""
    root = schema if root is None else root
    yield from (f"{where}: the schema's keyword {key} is not known" for key in schema if key not in KNOWN)
    if "$ref" in schema:
        yield from errors(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, where)
    types = schema.get("type", ())
    if types and not any(has_type(value, name) for name in ([types] if isinstance(types, str) else types)):
        yield f"{where}: {type(value).__name__}, not {types}"
        return
    yield from check_value(value, schema, where)
    if isinstance(value, dict):
        yield from check_object(value, schema, root, where)
    if isinstance(value, list):
        yield from check_array(value, schema, root, where)

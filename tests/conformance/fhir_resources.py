"""Validates each line of the file given with the PyPI package fhir.resources, by its module for R4."""

import json
import sys
from importlib import import_module

from pydantic import ValidationError

# Its newest R4: the default modules are R5 and refuse valid R4.
R4 = "fhir.resources.R4B"

failed = False
count = 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        count += 1
        resource = json.loads(line)
        kind = resource["resourceType"]
        try:
            getattr(import_module(f"{R4}.{kind.lower()}"), kind).model_validate(resource)
        except ValidationError as error:
            failed = True
            for problem in error.errors():
                place = ".".join(str(part) for part in problem["loc"])
                print(f"{kind}/{resource.get('id', '')}: {place} {problem['msg']}")
print(f"{count} resources")
sys.exit(1 if failed else 0)

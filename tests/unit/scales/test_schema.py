# The data files are what the JSON Schema says, judged by python3-jsonschema and not by us.
# SPDX-License-Identifier: MIT
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed, so no schema was checked")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATA = ROOT / "lib" / "core" / "scale" / "data"
BAD = ROOT / "tests" / "unit" / "scales" / "bad"
# Refused by the schema's keywords, not by how the parts of a scale go together.
SCHEMA_REFUSES = ["unknown_key", "lacks_id", "id_with_capitals", "note_too_long", "rater_unknown",
                  "count_129", "step_zero", "change_zero", "norm_sd_zero", "empty_list",
                  "subscales_too_many", "range_of_one", "status_empty", "null_value"]


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main():
    schema = load(DATA / "scale.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = [p for p in DATA.glob("*.json") if p.name != "scale.schema.json"]
    good.append(ROOT / "examples" / "data" / "measures.json")
    shared = ROOT.parent / "shared" / "data" / "scales-extra.json"
    if shared.exists():
        good.append(shared)
    else:
        print("not here, so not checked: ../shared/data/scales-extra.json")
    wrong = 0
    for path in good:
        for error in validator.iter_errors(load(path)):
            print(f"{path.name}: {error.json_path}: {error.message}")
            wrong += 1
    for name in SCHEMA_REFUSES:
        if validator.is_valid(load(BAD / f"{name}.json")):
            print(f"{name}.json: the schema takes it")
            wrong += 1
    print(f"{len(good)} good and {len(SCHEMA_REFUSES)} bad files, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

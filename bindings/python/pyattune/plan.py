# The rules that a call or a monitor works with: a set's name, ids, or ids with parameters.
# SPDX-License-Identifier: MIT
from collections.abc import Mapping

from pyattune._attune import ffi, lib
from pyattune.catalogue import describe, rule_info, rule_params, text
from pyattune.constants import number
from pyattune.errors import (ArgumentError, CountError, DuplicateError, OptionError, UnknownError,
                             check, new_error)
from pyattune.rulesets import Rules


def _rule(id):
    found = lib.attune_rule_find(id.encode()) if isinstance(id, str) else ffi.NULL
    if not found:
        raise UnknownError("expected 'default', 'all', or ids that pyattune.rules() lists",
                           column="rules")
    return found


def _choose(id, params):
    """An attune_rule_choice with parameters replaced by name."""
    choice = ffi.new("attune_rule_choice *")
    check(lib.attune_rule_choose(_rule(id), choice))
    names = [text(info.name) for info in rule_params(choice.rule)]
    for name, value in params.items():
        if name not in names:
            raise OptionError("expected the names that pyattune.rules(id) lists", column="rules")
        choice.params[names.index(name)] = number("rules", value)
    return choice


def _set_of(rules):
    """The attune_ruleset that is meant; NULL when rules are named one by one."""
    if isinstance(rules, Rules):
        return rules._handle
    return lib.attune_ruleset_find(rules.encode()) if isinstance(rules, str) else ffi.NULL


def _choices(rules):
    found = _set_of(rules)
    if found:
        return _of_set(found)
    if isinstance(rules, str):
        rules = rules.split(",")
    if isinstance(rules, Mapping):
        return [_choose(id, params or {}) for id, params in rules.items()]
    try:
        return [_choose(id, {}) for id in rules]
    except TypeError:
        raise ArgumentError("expected 'default', 'all', what load_rules returns, rule ids, or a "
                            "mapping from rule id to parameters", column="rules") from None


def _about(found):
    return describe(lib.attune_ruleset_describe, "attune_ruleset_info", found)


def _of_set(found):
    choices = [ffi.new("attune_rule_choice *") for _ in range(_about(found).count)]
    for i, choice in enumerate(choices):
        check(lib.attune_ruleset_choice(found, i, choice))
    return choices


class Plan:
    """Rules in the order of their ids, from which watches are made; label is printed with
    results."""

    def __init__(self, rules, also=()):
        named = _set_of(rules)
        choices = _choices(rules)
        held = {text(rule_info(choice.rule).id) for choice in choices}
        more = [_choose(id, {}) for id in also if id not in held]
        choices += more
        if not 1 <= len(choices) <= lib.ATTUNE_RULESET_MAX:
            raise CountError(f"expected 1 to {lib.ATTUNE_RULESET_MAX} rules", column="rules")
        self.infos = sorted((rule_info(choice.rule) for choice in choices),
                            key=lambda info: text(info.id))
        self.ids = [text(info.id) for info in self.infos]
        if len(set(self.ids)) < len(self.ids):
            raise DuplicateError("expected every rule once", column="rules")
        choices.sort(key=lambda choice: text(rule_info(choice.rule).id))
        self.id = text(_about(named).id) if named and not more else ",".join(
            f"{text(info.id)}/{info.version}" for info in self.infos)
        self.label = text(_about(named).label) if named and not more else self.id
        self.c = ffi.new("attune_rule_choice[]", [choice[0] for choice in choices])

    def __len__(self):
        return len(self.ids)

    @property
    def listens(self):
        """Whether a rule listens to a client's other signals."""
        return any(info.companions for info in self.infos)

    def company(self):
        """An attune_company, freed with the object that is returned."""
        out, err = ffi.new("attune_company **"), new_error()
        check(lib.attune_company_new(out, self.c, len(self), ffi.NULL, err), err)
        return ffi.gc(out[0], lib.attune_company_free)

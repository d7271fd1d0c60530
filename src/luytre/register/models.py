"""The nouns of the register, each in its own file; and the table of dated attributes that the judge, import and export share."""

from luytre.register.dated import Dated
from luytre.register.keys import ApiKey
from luytre.register.organisations import (
    ContactPoint,
    Organisation,
    OrganisationDomain,
    OrganisationExists,
    OrganisationKind,
    OrganisationName,
    OrganisationNetwork,
    OrganisationParent,
    OrganisationSuccessor,
    OrganisationType,
    ResponseTeam,
)
from luytre.register.people import Account, Person, Post, Role, TeamMember
from luytre.register.systems import (
    Phase,
    Supplier,
    System,
    SystemData,
    SystemDomain,
    SystemLevel,
    SystemName,
    SystemNetwork,
    SystemOperator,
    SystemOwner,
    SystemPhase,
    SystemSupplier,
)

# attribute of the judge's register line -> its table (head comes from Post, data_basic and data_sensitive from SystemData)
ORGANISATION_ATTRIBUTES: dict[str, type[Dated]] = {
    "name": OrganisationName,
    "type": OrganisationKind,
    "parent": OrganisationParent,
    "exists": OrganisationExists,
    "successor": OrganisationSuccessor,
}
SYSTEM_ATTRIBUTES: dict[str, type[Dated]] = {
    "name": SystemName,
    "owner": SystemOwner,
    "operator": SystemOperator,
    "level": SystemLevel,
    "phase": SystemPhase,
}
__all__ = [
    "ORGANISATION_ATTRIBUTES",
    "SYSTEM_ATTRIBUTES",
    "Account",
    "ApiKey",
    "ContactPoint",
    "Dated",
    "Organisation",
    "OrganisationDomain",
    "OrganisationExists",
    "OrganisationKind",
    "OrganisationName",
    "OrganisationNetwork",
    "OrganisationParent",
    "OrganisationSuccessor",
    "OrganisationType",
    "Person",
    "Phase",
    "Post",
    "ResponseTeam",
    "Role",
    "Supplier",
    "System",
    "SystemData",
    "SystemDomain",
    "SystemLevel",
    "SystemName",
    "SystemNetwork",
    "SystemOperator",
    "SystemOwner",
    "SystemPhase",
    "SystemSupplier",
    "TeamMember",
]

"""Addresses of the duties room, under /desk/duties/. The matrix as a workbook stands beside the board: /desk/board/matrix.xlsx."""

from django.urls import path

from luytre.rooms.duties import desk

app_name = "duties"
urlpatterns = [
    path("file/", desk.file, name="file"),
    path("reviews/", desk.reviews, name="reviews"),
    path("evidence/<int:number>/", desk.evidence, name="evidence"),
    path("evidence/<int:number>/acceptance/", desk.acceptance, name="acceptance"),
    path("evidence/<int:number>/rejection/", desk.rejection, name="rejection"),
    path("evidence/<int:number>/retraction/", desk.retraction, name="retraction"),
    path("evidence/<int:number>/files/<int:file>/", desk.attachment, name="attachment"),
    path("waivers/", desk.waivers, name="waivers"),
    path("waivers/new/", desk.waiver, name="waiver"),
    path("waivers/request/", desk.ask_waiver, name="ask-waiver"),
    path("waivers/<int:number>/refusal/", desk.waiver_refusal, name="waiver-refusal"),
    path("delegations/", desk.delegations, name="delegations"),
    path("delegations/<int:number>/end/", desk.delegation_end, name="delegation-end"),
    path("delegations/new/", desk.delegation, name="delegation"),
    path("<str:duty>/model-text.docx", desk.model_text, name="model-text"),
]

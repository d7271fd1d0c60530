"""Addresses of the instructions room, under /desk/instructions/."""

from django.urls import path

from luytre.rooms.instructions import desk

app_name = "instructions"
urlpatterns = [
    path("", desk.instructions, name="list"),
    path("new/", desk.give, name="give"),
    path("<str:number>/", desk.instruction, name="instruction"),
    path("<str:number>/answer/", desk.answer, name="answer"),
    path("<str:number>/files/<int:file>/", desk.attachment, name="attachment"),
    path("<str:number>/answers/<int:answer>/acceptance/", desk.acceptance, name="acceptance"),
    path("<str:number>/answers/<int:answer>/return/", desk.return_, name="return"),
    path("<str:number>/extension/", desk.extension, name="extension"),
    path("<str:number>/withdrawal/", desk.withdrawal, name="withdrawal"),
    path("<str:number>/announcement/", desk.announcement, name="announcement"),
    path("<str:number>/thong-bao.docx", desk.draft, name="draft"),
]

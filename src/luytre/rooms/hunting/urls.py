"""Addresses of the hunting room, under /desk/hunts/."""

from django.urls import path

from luytre.rooms.hunting.desk import hunts, results, uploads

app_name = "hunting"
urlpatterns = [
    path("", hunts.listing, name="list"),
    path("new/", hunts.new, name="new"),
    path("<str:code>/", hunts.hunt, name="hunt"),
    path("<str:code>/files/", uploads.files, name="files"),
    path("<str:code>/uploads/", uploads.opening, name="uploads"),
    path("<str:code>/uploads/<int:number>/parts/", uploads.part, name="part"),
    path("<str:code>/uploads/<int:number>/drop/", uploads.drop, name="drop"),
    path("<str:code>/runs/", hunts.runs, name="runs"),
    path("<str:code>/cancel/", hunts.cancel, name="cancel"),
    path("<str:code>/conclusion/", results.conclusion, name="conclusion"),
    path("<str:code>/runs/<int:run>/", results.result, name="result"),
    path("<str:code>/runs/<int:run>/leads/<int:number>/", results.lead, name="lead"),
]

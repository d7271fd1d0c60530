"""The one page the UI serves itself."""

from django.urls import path

from luytre.ui.kit import kit

urlpatterns = [path("", kit, name="kit")]

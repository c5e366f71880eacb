from django.urls import path

from ancrage.web.components import views

app_name = "components"

urlpatterns = [
    path("", views.index, name="index"),
    path("avancement/<int:done>/", views.progress, name="progress"),
    path("confirmation/", views.confirm, name="confirm"),
]

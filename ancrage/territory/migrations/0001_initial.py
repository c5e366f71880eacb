import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="millésime")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("code", models.CharField(max_length=3, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                (
                    "region_code",
                    models.CharField(blank=True, max_length=2, verbose_name="code de la région"),
                ),
            ],
            options={
                "verbose_name": "département",
            },
        ),
        migrations.CreateModel(
            name="Epci",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="millésime")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("siren", models.CharField(max_length=9, unique=True, verbose_name="SIREN")),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
            ],
            options={
                "verbose_name": "EPCI",
            },
        ),
        migrations.CreateModel(
            name="Commune",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="millésime")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("insee", models.CharField(max_length=5, unique=True, verbose_name="code INSEE")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("search_name", models.CharField(db_index=True, max_length=120)),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="population municipale"
                    ),
                ),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                ("contour", models.TextField(blank=True, verbose_name="contour")),
                (
                    "contour_vintage",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="millésime du contour"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territory.department",
                        verbose_name="département",
                    ),
                ),
                (
                    "epci",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="communes",
                        to="territory.epci",
                        verbose_name="EPCI",
                    ),
                ),
            ],
            options={
                "verbose_name": "commune",
                "indexes": [models.Index(fields=["latitude", "longitude"], name="commune_point")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="commune_point_whole",
                        violation_error_message="La latitude et la longitude vont ensemble, en degrés.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Territory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="identifiant")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("short_name", models.CharField(max_length=60, verbose_name="nom court")),
                (
                    "tagline",
                    models.CharField(
                        blank=True, max_length=240, verbose_name="présentation en une phrase"
                    ),
                ),
                (
                    "backdrop",
                    models.TextField(blank=True, verbose_name="fond de carte"),
                ),
                (
                    "backdrop_source",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="source du fond de carte"
                    ),
                ),
                (
                    "communes",
                    models.ManyToManyField(
                        related_name="territories", to="territory.commune", verbose_name="communes"
                    ),
                ),
            ],
            options={
                "verbose_name": "territoire",
            },
        ),
        migrations.CreateModel(
            name="LivingArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "communes",
                    models.ManyToManyField(related_name="living_areas", to="territory.commune"),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="living_areas",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "bassin de vie",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "name"), name="living_area_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TerritoryRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordination du territoire"),
                            ("institution", "Institution (agrégats seulement)"),
                        ],
                        max_length=20,
                        verbose_name="mission",
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="organisme"),
                ),
                ("since", models.DateTimeField(verbose_name="depuis")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’à")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="territory.territory",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="territory_roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mission territoriale",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "territory", "office"),
                        name="territory_office_once",
                        violation_error_message="Cette personne exerce déjà cette mission.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommunePostcode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(db_index=True, max_length=5, verbose_name="code postal"),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postcodes",
                        to="territory.commune",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "code"), name="commune_postcode_once"
                    )
                ],
            },
        ),
    ]

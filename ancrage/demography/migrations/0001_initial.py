import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ParameterSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "care",
                    models.CharField(
                        choices=[
                            ("gp", "Médecins généralistes"),
                            ("nurse", "Infirmières et infirmiers"),
                            ("physio", "Masseurs-kinésithérapeutes"),
                            ("midwife", "Sages-femmes"),
                            ("dentist", "Chirurgiens-dentistes"),
                        ],
                        max_length=10,
                        verbose_name="profession",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "is_default",
                    models.BooleanField(default=False, verbose_name="jeu du territoire"),
                ),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archivé le"),
                ),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parameter_sets",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "jeu de paramètres",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "care", "name"),
                        name="demography_set_name",
                        violation_error_message="Un jeu de cette profession porte déjà ce nom.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("territory", "care"),
                        name="demography_set_default",
                        violation_error_message="Un autre jeu est déjà celui du territoire.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_default", False), ("archived_at__isnull", True), _connector="OR"
                        ),
                        name="demography_set_archived",
                        violation_error_message="Un jeu archivé n’est pas celui du territoire.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParameterVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("source", models.CharField(max_length=500, verbose_name="source")),
                ("dated", models.DateField(verbose_name="date des valeurs")),
                ("approximate", models.BooleanField(default=False, verbose_name="approché")),
                ("contents", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(verbose_name="gardée le")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gardée par",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="demography.parameterset",
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’un jeu de paramètres",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("of", "number"), name="demography_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "care",
                    models.CharField(
                        choices=[
                            ("gp", "Médecins généralistes"),
                            ("nurse", "Infirmières et infirmiers"),
                            ("physio", "Masseurs-kinésithérapeutes"),
                            ("midwife", "Sages-femmes"),
                            ("dentist", "Chirurgiens-dentistes"),
                        ],
                        max_length=10,
                        verbose_name="profession",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("parameters", models.CharField(max_length=60, verbose_name="paramètres")),
                ("follows_default", models.BooleanField(default=True)),
                (
                    "patients_each",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="patients suivis par professionnel"
                    ),
                ),
                (
                    "shared",
                    models.BooleanField(default=False, verbose_name="partagé avec les structures"),
                ),
                ("steps", models.JSONField(blank=True, default=list)),
                ("outcome", models.JSONField(blank=True, default=dict)),
                ("used", models.JSONField(blank=True, default=list)),
                ("digest", models.CharField(max_length=64)),
                ("computed_at", models.DateTimeField(verbose_name="calculé le")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="supprimé le"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="créé par",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scenarios",
                        to="territory.territory",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="scenarios",
                        to="demography.parameterversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "scénario",
                "indexes": [
                    models.Index(
                        fields=["territory", "-updated_at"], name="demography_scenario_latest"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("territory", "name"),
                        name="demography_scenario_name",
                        violation_error_message="Un scénario de ce territoire porte déjà ce nom.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SitingStudy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "care",
                    models.CharField(
                        choices=[
                            ("gp", "Médecins généralistes"),
                            ("nurse", "Infirmières et infirmiers"),
                            ("physio", "Masseurs-kinésithérapeutes"),
                            ("midwife", "Sages-femmes"),
                            ("dentist", "Chirurgiens-dentistes"),
                        ],
                        max_length=10,
                        verbose_name="profession",
                    ),
                ),
                ("parameters", models.CharField(max_length=60)),
                ("follows_default", models.BooleanField(default=True)),
                ("posts", models.PositiveSmallIntegerField(verbose_name="postes à placer")),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        verbose_name="postes dans une commune, au plus"
                    ),
                ),
                ("target", models.FloatField(verbose_name="seuil")),
                ("near", models.PositiveSmallIntegerField(verbose_name="minutes")),
                (
                    "among",
                    models.CharField(
                        choices=[
                            ("all", "Toutes les communes du territoire"),
                            ("hosts", "Celles où une structure partenaire peut accueillir"),
                            ("chosen", "Celles que je choisis"),
                        ],
                        max_length=8,
                        verbose_name="communes possibles",
                    ),
                ),
                (
                    "goal",
                    models.CharField(
                        choices=[
                            ("deficit", "Réduire le manque"),
                            ("worst-off", "Relever la commune la moins bien servie"),
                            ("cover", "Que le plus de monde ait quelqu’un tout près"),
                        ],
                        max_length=10,
                        verbose_name="objectif",
                    ),
                ),
                ("candidates", models.JSONField(default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Preuve en attente"),
                            ("running", "Preuve en cours"),
                            ("done", "Terminée"),
                        ],
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandée le")),
                ("is_stopped", models.BooleanField(default=False)),
                ("is_outdated", models.BooleanField(default=False)),
                ("done_count", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                (
                    "turn",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deficit", "Réduire le manque"),
                            ("worst-off", "Relever la commune la moins bien servie"),
                            ("cover", "Que le plus de monde ait quelqu’un tout près"),
                        ],
                        max_length=10,
                    ),
                ),
                ("turned_at", models.DateTimeField(blank=True, null=True)),
                ("turn_gap", models.FloatField(blank=True, null=True)),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
                ("digest", models.CharField(max_length=64)),
                ("used", models.JSONField(default=list)),
                ("today", models.JSONField(default=dict)),
                ("access", models.JSONField(default=dict)),
                ("alone", models.JSONField(default=list)),
                ("plans", models.JSONField(default=list)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="siting_studies",
                        to="territory.territory",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="studies",
                        to="demography.parameterversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "étude d’implantation",
                "indexes": [
                    models.Index(fields=["territory", "-asked_at"], name="siting_study_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most__gte", 1),
                            ("near__gte", 1),
                            ("posts__gte", 1),
                            ("target__gt", 0),
                        ),
                        name="siting_study_posts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vintage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dataset",
                    models.CharField(
                        choices=[
                            ("access", "Accessibilité publiée (APL)"),
                            ("people", "Population par âge"),
                            ("professionals", "Professionnels par commune"),
                            ("roads", "Minutes de route entre communes"),
                            ("means", "Accessibilité moyenne par département"),
                            ("places", "Communes et leurs coordonnées"),
                        ],
                        max_length=14,
                        verbose_name="fichier",
                    ),
                ),
                (
                    "care",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gp", "Médecins généralistes"),
                            ("nurse", "Infirmières et infirmiers"),
                            ("physio", "Masseurs-kinésithérapeutes"),
                            ("midwife", "Sages-femmes"),
                            ("dentist", "Chirurgiens-dentistes"),
                        ],
                        max_length=10,
                        verbose_name="profession",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="millésime")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("licence", models.CharField(max_length=120, verbose_name="licence")),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="adresse de la source"
                    ),
                ),
                ("lines", models.PositiveIntegerField(verbose_name="lignes")),
                ("remarks", models.JSONField(blank=True, default=list, verbose_name="remarques")),
                ("contents", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("imported_at", models.DateTimeField(verbose_name="importé le")),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="importé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "millésime",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "care", "year"),
                        name="demography_vintage_once",
                        violation_error_message="Ce millésime est déjà là.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2100)),
                        name="demography_vintage_year",
                        violation_error_message="L’année va de 1990 à 2100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dataset__in", ["access", "means", "professionals"]),
                                models.Q(("care", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("dataset__in", ["access", "means", "professionals"]),
                                    _negated=True,
                                ),
                                ("care", ""),
                            ),
                            _connector="OR",
                        ),
                        name="demography_vintage_care",
                        violation_error_message="Ce fichier dit de qui, ou de personne.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VintageFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dataset",
                    models.CharField(
                        choices=[
                            ("access", "Accessibilité publiée (APL)"),
                            ("people", "Population par âge"),
                            ("professionals", "Professionnels par commune"),
                            ("roads", "Minutes de route entre communes"),
                            ("means", "Accessibilité moyenne par département"),
                            ("places", "Communes et leurs coordonnées"),
                        ],
                        max_length=14,
                        verbose_name="fichier",
                    ),
                ),
                (
                    "care",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gp", "Médecins généralistes"),
                            ("nurse", "Infirmières et infirmiers"),
                            ("physio", "Masseurs-kinésithérapeutes"),
                            ("midwife", "Sages-femmes"),
                            ("dentist", "Chirurgiens-dentistes"),
                        ],
                        max_length=10,
                        verbose_name="profession",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="millésime")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("licence", models.CharField(max_length=120, verbose_name="licence")),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="adresse de la source"
                    ),
                ),
                ("filename", models.CharField(max_length=200, verbose_name="nom du fichier")),
                ("sheet", models.CharField(blank=True, max_length=120, verbose_name="feuille")),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("choosing", "Feuille à choisir"),
                            ("waiting", "Lecture en cours"),
                            ("ready", "Lu"),
                            ("refused", "Refusé"),
                        ],
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("sheets", models.JSONField(blank=True, default=list)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("progressed_at", models.DateTimeField(blank=True, null=True)),
                ("raw", models.BinaryField(default=bytes)),
                ("contents", models.BinaryField(default=bytes)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("codes", models.BinaryField(default=bytes)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("remarks", models.JSONField(blank=True, default=list)),
                ("sentences", models.JSONField(blank=True, default=list)),
                ("sample", models.JSONField(blank=True, default=list)),
                ("brought_at", models.DateTimeField(verbose_name="déposé le")),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "fichier déposé",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2100)),
                        name="demography_file_year",
                        violation_error_message="L’année va de 1990 à 2100.",
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.kit.search
import ancrage.roadmap.models.steering


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Axis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("title", models.CharField(max_length=160, verbose_name="intitulé")),
                ("purpose", models.TextField(blank=True, max_length=1000, verbose_name="but")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "axe",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rank__gte", 1), ("rank__lte", 30)),
                        name="axis_rank_range",
                        violation_error_message="Le numéro d’un axe va de 1 à 30.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="intitulé")),
                (
                    "description",
                    models.TextField(blank=True, max_length=4000, verbose_name="description"),
                ),
                (
                    "outside_body",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="organisme pilote hors plateforme"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="début")),
                ("ends_on", models.DateField(verbose_name="fin prévue")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Prévue"),
                            ("running", "En cours"),
                            ("done", "Réalisée"),
                            ("stopped", "Arrêtée"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="depuis le")),
                (
                    "stop_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="raison de l’arrêt"),
                ),
                (
                    "budget_cents",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="budget (€)"
                    ),
                ),
                ("funder", models.CharField(blank=True, max_length=160, verbose_name="financeur")),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
                ("created_at", models.DateTimeField(verbose_name="créée le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_actions",
                        to="partners.partner",
                        verbose_name="structure pilote",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="joined_actions",
                        to="partners.partner",
                        verbose_name="partenaires",
                    ),
                ),
                (
                    "axis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="roadmap.axis",
                        verbose_name="axe",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "indexes": [
                    models.Index(fields=["axis", "state"], name="roadmap_action_axis_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="roadmap_action_in_order",
                        violation_error_message="La fin prévue ne peut pas précéder le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "stopped"), models.Q(("stop_reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "stopped"), _negated=True), ("stop_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="roadmap_action_stopped_says_why",
                        violation_error_message="Une action arrêtée dit pourquoi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoodPractice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="intitulé")),
                (
                    "text",
                    models.TextField(
                        max_length=3000, verbose_name="ce qui a été fait, et ce que cela a changé"
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="boîte du service"),
                ),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                ("added_at", models.DateTimeField(verbose_name="partagée le")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="good_practices",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "bonne pratique",
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="intitulé")),
                (
                    "definition",
                    models.TextField(blank=True, max_length=1000, verbose_name="définition"),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unité")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("computed", "Calculé par la plateforme"),
                            ("typed", "Saisi, avec sa source"),
                        ],
                        max_length=10,
                        verbose_name="origine des valeurs",
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=80, verbose_name="mesure")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "periodicity",
                    models.CharField(
                        choices=[
                            ("month", "Chaque mois"),
                            ("quarter", "Chaque trimestre"),
                            ("half", "Chaque semestre"),
                            ("year", "Chaque année"),
                        ],
                        default="year",
                        max_length=10,
                        verbose_name="périodicité",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "Augmenter"),
                            ("down", "Diminuer"),
                            ("hold", "Se maintenir"),
                        ],
                        default="up",
                        max_length=5,
                        verbose_name="sens souhaité",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="cible",
                    ),
                ),
                (
                    "target_on",
                    models.DateField(blank=True, null=True, verbose_name="à atteindre le"),
                ),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="roadmap.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "axis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="roadmap.axis",
                        verbose_name="axe",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "indicateur",
                "indexes": [models.Index(fields=["axis", "kind"], name="indicator_axis_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "computed"), models.Q(("measure", ""), _negated=True)
                            ),
                            models.Q(("kind", "typed"), ("measure", "")),
                            _connector="OR",
                        ),
                        name="indicator_computed_or_typed",
                        violation_error_message="Un indicateur calculé nomme sa mesure\xa0; un indicateur saisi n’en a pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "typed"), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="indicator_typed_says_source",
                        violation_error_message="Un indicateur saisi dit d’où viennent ses valeurs.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("target__isnull", True), ("target_on__isnull", True)),
                            models.Q(("target__isnull", False), ("target_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="indicator_target_is_dated",
                        violation_error_message="Une cible a sa date, et une date sa cible.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="premier jour de la période")),
                ("ends_on", models.DateField(verbose_name="dernier jour de la période")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="valeur"),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="précision")),
                ("given_at", models.DateTimeField(verbose_name="saisie le")),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="remplacée le"),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="roadmap.indicator",
                        verbose_name="indicateur",
                    ),
                ),
            ],
            options={
                "verbose_name": "valeur d’un indicateur",
                "indexes": [
                    models.Index(fields=["indicator", "-starts_on"], name="indicator_value_latest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("indicator", "starts_on"),
                        name="indicator_value_once",
                        violation_error_message="Cette période a déjà une valeur.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="indicator_value_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="tenue le")),
                ("title", models.CharField(max_length=120, verbose_name="intitulé")),
                ("noted_at", models.DateTimeField(verbose_name="notée le")),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "réunion",
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="décision")),
                ("noted_at", models.DateTimeField(verbose_name="notée le")),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="roadmap.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "axis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="roadmap.axis",
                        verbose_name="axe",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="roadmap.meeting",
                        verbose_name="réunion",
                    ),
                ),
            ],
            options={
                "verbose_name": "décision",
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="jalon")),
                ("due_on", models.DateField(verbose_name="échéance")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="atteint le")),
                ("added_at", models.DateTimeField(verbose_name="ajouté le")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="roadmap.action",
                        verbose_name="action",
                    ),
                ),
            ],
            options={
                "verbose_name": "jalon",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on__isnull", True)),
                        fields=["due_on"],
                        name="roadmap_milestone_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=80, verbose_name="mesure")),
                ("opened_at", models.DateTimeField(verbose_name="ouverte le")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="public_figures",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "chiffre public",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "measure"), name="public_figure_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "perimeter",
                    models.CharField(blank=True, max_length=40, verbose_name="périmètre"),
                ),
                ("title", models.CharField(max_length=280, verbose_name="intitulé")),
                ("starts_on", models.DateField(verbose_name="premier jour")),
                ("ends_on", models.DateField(verbose_name="dernier jour")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Brouillon"), ("published", "Publié")],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("contents", models.JSONField(default=dict)),
                ("computed_at", models.DateTimeField(verbose_name="calculé le")),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "rapport",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="report_in_order",
                        violation_error_message="Le dernier jour vient après le premier.",
                    ),
                    models.UniqueConstraint(
                        fields=("territory", "starts_on", "ends_on", "perimeter"),
                        name="report_period_once",
                        violation_error_message="Cette période a déjà son rapport\xa0: ouvrez-le pour le compléter.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("summary", "L’essentiel"),
                            ("axes", "Feuille de route"),
                            ("needs", "Besoins"),
                            ("partners", "Partenaires et charte"),
                            ("people", "Personnes et mises en relation"),
                            ("journeys", "Parcours et fidélisation"),
                            ("events", "Rencontres"),
                            ("welcome", "Accueil"),
                            ("training", "Formation"),
                            ("schemes", "Aides"),
                            ("shared_posts", "Postes partagés"),
                            ("safety", "Conditions de travail et sécurité"),
                            ("demography", "Démographie médicale"),
                            ("changes", "Ce qui a changé"),
                        ],
                        max_length=20,
                        verbose_name="partie",
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, max_length=4000, verbose_name="commentaire"),
                ),
                ("written_at", models.DateTimeField(verbose_name="écrit le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="roadmap.report",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "commentaire d’un rapport",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "section"), name="report_comment_once_a_section"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=280, verbose_name="intitulé")),
                ("contents", models.JSONField()),
                ("published_at", models.DateTimeField(verbose_name="publiée le")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="roadmap.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "version publiée d’un rapport",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "version"), name="report_edition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Roadmap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="intitulé")),
                (
                    "summary",
                    models.TextField(blank=True, max_length=2000, verbose_name="présentation"),
                ),
                ("starts_on", models.DateField(verbose_name="premier jour")),
                ("ends_on", models.DateField(verbose_name="dernier jour")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("active", "En cours"),
                            ("closed", "Terminée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="créée le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "feuille de route",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="roadmap_in_order",
                        violation_error_message="Le dernier jour vient après le premier.",
                    ),
                    models.UniqueConstraint(
                        fields=("territory", "title"),
                        name="roadmap_title_once",
                        violation_error_message="Ce territoire a déjà une feuille de route de ce nom.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="roadmap",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="roadmap.roadmap",
                verbose_name="feuille de route",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="meetings",
                to="roadmap.roadmap",
                verbose_name="feuille de route",
            ),
        ),
        migrations.AddField(
            model_name="axis",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="axes",
                to="roadmap.roadmap",
                verbose_name="feuille de route",
            ),
        ),
        migrations.CreateModel(
            name="SafetyCollection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="premier jour du semestre")),
                ("closed_at", models.DateTimeField(verbose_name="close le")),
                (
                    "closed_by",
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
                        related_name="safety_collections",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "collecte close",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "starts_on"), name="safety_collection_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="premier jour du semestre")),
                (
                    "accidents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="accidents du travail déclarés"
                    ),
                ),
                (
                    "aggressions",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="agressions déclarées"
                    ),
                ),
                (
                    "supported",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="agressions suivies d’un accompagnement",
                    ),
                ),
                (
                    "absence_days",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="journées d’absence"
                    ),
                ),
                (
                    "projects",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="projets de qualité de vie et des conditions de travail",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="comment ces nombres sont comptés"
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="transmis le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="safety_reports",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "relevé de santé et de sécurité",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "starts_on"),
                        name="safety_report_once",
                        violation_error_message="Cette structure a déjà répondu pour ce semestre.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supported__isnull", True),
                            ("aggressions__isnull", True),
                            ("supported__lte", models.F("aggressions")),
                            _connector="OR",
                        ),
                        name="safety_supported_among_declared",
                        violation_error_message="Il y a plus d’agressions accompagnées que d’agressions déclarées.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="intitulé")),
                ("url", models.URLField(blank=True, max_length=400, verbose_name="adresse")),
                ("key", models.CharField(max_length=32, unique=True)),
                (
                    "format",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pdf", "PDF"),
                            ("jpeg", "Image JPEG"),
                            ("png", "Image PNG"),
                            ("docx", "Document Word (.docx)"),
                            ("odt", "Document OpenDocument (.odt)"),
                        ],
                        max_length=5,
                        verbose_name="format",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to=ancrage.roadmap.models.steering.document_path,
                        verbose_name="fichier",
                    ),
                ),
                ("size", models.PositiveIntegerField(default=0, verbose_name="taille (octets)")),
                ("added_at", models.DateTimeField(verbose_name="ajouté le")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="roadmap.action",
                        verbose_name="action",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "document d’une action",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), models.Q(("format", ""), _negated=True)),
                            models.Q(models.Q(("url", ""), _negated=True), ("format", "")),
                            _connector="OR",
                        ),
                        name="roadmap_document_link_or_file",
                        violation_error_message="Un document est un lien ou un fichier.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("planned", "Prévue"),
                            ("running", "En cours"),
                            ("done", "Réalisée"),
                            ("stopped", "Arrêtée"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("planned", "Prévue"),
                            ("running", "En cours"),
                            ("done", "Réalisée"),
                            ("stopped", "Arrêtée"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="roadmap.action",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d’état d’une action",
                "indexes": [
                    models.Index(fields=["action", "-at", "-id"], name="roadmap_move_latest")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("perimeter", ""), ("roadmap__isnull", True), _connector="OR"),
                name="report_of_part_tells_no_roadmap",
                violation_error_message="La feuille de route est celle du territoire entier\xa0: un rapport sur une partie ne la dit pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("roadmap", "held_on"),
                name="roadmap_meeting_once",
                violation_error_message="Une réunion est déjà notée ce jour-là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="axis",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("roadmap", "rank"),
                name="axis_rank_once",
                violation_error_message="Un autre axe porte déjà ce numéro.",
            ),
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.kit.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0001_initial"),
        ("privacy", "0001_initial"),
        ("professions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("diploma", "Diplôme ou titre complet"),
                            ("block", "Bloc ou module d’un diplôme"),
                            ("short", "Formation courte"),
                            ("vae", "Accompagnement à la VAE"),
                            ("preparation", "Préparation à un concours ou à une sélection"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="intitulé")),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                (
                    "summary",
                    models.TextField(blank=True, max_length=2000, verbose_name="présentation"),
                ),
                (
                    "qualification",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="diplôme, titre ou attestation"
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(verbose_name="durée (heures)")),
                (
                    "months",
                    models.PositiveSmallIntegerField(default=1, verbose_name="durée (mois)"),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("full_time", "Temps plein"),
                            ("part_time", "Temps partiel"),
                            ("alternation", "Alternance avec un employeur"),
                            ("spaced", "Journées espacées"),
                        ],
                        max_length=12,
                        verbose_name="rythme",
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("on_site", "Sur place"),
                            ("remote", "À distance"),
                            ("mixed", "En partie à distance"),
                        ],
                        default="on_site",
                        max_length=10,
                        verbose_name="modalité",
                    ),
                ),
                (
                    "min_group",
                    models.PositiveSmallIntegerField(default=1, verbose_name="groupe, au moins"),
                ),
                (
                    "max_group",
                    models.PositiveSmallIntegerField(default=12, verbose_name="groupe, au plus"),
                ),
                (
                    "run_cost_cents",
                    models.PositiveIntegerField(default=0, verbose_name="coût d’une session (€)"),
                ),
                (
                    "price_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="prix par personne (€)"
                    ),
                ),
                (
                    "min_age",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="âge, au moins"
                    ),
                ),
                (
                    "conditions",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="conditions d’accès"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="professions.profession",
                        verbose_name="métier visé",
                    ),
                ),
            ],
            options={
                "verbose_name": "formation",
                "indexes": [models.Index(fields=["profession", "kind"], name="course_profession")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_group__lte", 500),
                            ("min_group__gte", 1),
                            ("min_group__lte", models.F("max_group")),
                        ),
                        name="course_group_in_order",
                        violation_error_message="Le groupe va d’une personne à 500, et son minimum ne dépasse pas son maximum.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours__gte", 1), ("hours__lte", 10000), ("months__lte", 72)
                        ),
                        name="course_lasts",
                        violation_error_message="Une formation dure d’une heure à 72 mois.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Possible"),
                            ("open", "Inscriptions ouvertes"),
                            ("confirmed", "Confirmée"),
                            ("running", "En cours"),
                            ("done", "Terminée"),
                            ("cancelled", "Annulée"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="lieu")),
                ("starts_on", models.DateField(verbose_name="premier jour")),
                ("ends_on", models.DateField(verbose_name="dernier jour")),
                ("apply_by", models.DateField(verbose_name="inscriptions jusqu’au")),
                ("least", models.PositiveSmallIntegerField(verbose_name="personnes, au moins")),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                (
                    "taken",
                    models.PositiveSmallIntegerField(default=0, verbose_name="places prises"),
                ),
                (
                    "cost_cents",
                    models.PositiveIntegerField(default=0, verbose_name="coût de la session (€)"),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="renseignements pratiques"
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("too_few", "Trop peu d’inscrits"),
                            ("no_teacher", "Pas d’intervenant disponible"),
                            ("no_funding", "Financement refusé"),
                            ("no_place", "Pas de lieu disponible"),
                            ("moved", "Remplacée par une autre session"),
                            ("mistake", "Créée par erreur"),
                        ],
                        max_length=12,
                        verbose_name="raison de l’annulation",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="créée le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="training.course",
                        verbose_name="formation",
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
                "verbose_name": "session de formation",
                "indexes": [
                    models.Index(fields=["state", "starts_on"], name="run_state_start"),
                    models.Index(fields=["course", "starts_on"], name="run_course_start"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")),
                            ("apply_by__lte", models.F("starts_on")),
                        ),
                        name="run_in_order",
                        violation_error_message="Les dates se contredisent\xa0: on s’inscrit avant le premier jour, et le dernier jour vient après le premier.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least__gte", 1),
                            ("places__lte", 500),
                            ("least__lte", models.F("places")),
                        ),
                        name="run_group_in_order",
                        violation_error_message="Le nombre de places va de une à 500, et le minimum ne le dépasse pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__lte", models.F("places"))),
                        name="run_never_overfull",
                        violation_error_message="Il y a plus de places prises que de places.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "cancelled"),
                                models.Q(("cancelled_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="run_cancelled_says_why",
                        violation_error_message="Une session annulée dit pourquoi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="nom")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Place demandée"),
                            ("waiting", "Sur liste d’attente"),
                            ("accepted", "Place accordée, à confirmer"),
                            ("enrolled", "Inscription confirmée"),
                            ("attended", "Formation suivie"),
                            ("dropped", "Abandon"),
                            ("refused", "Demande refusée"),
                            ("withdrawn", "Renoncement"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandée le")),
                (
                    "shared_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="nom donné à l’organisme le"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("full", "Session complète"),
                            ("conditions", "Conditions d’accès non remplies"),
                            ("funding", "Financement refusé"),
                            ("hours", "Horaires ou dates"),
                            ("distance", "Trajets"),
                            ("job", "Poste trouvé"),
                            ("other_course", "Autre formation"),
                            ("content", "La formation ne convient pas"),
                            ("run_cancelled", "Session annulée"),
                            ("unknown", "Raison non dite"),
                        ],
                        max_length=16,
                        verbose_name="raison",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Réussite complète"),
                            ("partial", "Réussite partielle"),
                            ("failed", "Échec"),
                        ],
                        max_length=8,
                        verbose_name="résultat",
                    ),
                ),
                ("result_on", models.DateField(blank=True, null=True, verbose_name="résultat du")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="training.courserun",
                        verbose_name="session",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enrolments",
                        to="privacy.datasubject",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscription à une session",
                "indexes": [
                    models.Index(fields=["run", "state", "asked_at", "id"], name="enrolment_queue")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["accepted", "asked", "attended", "enrolled", "waiting"])
                        ),
                        fields=("run", "subject"),
                        name="enrolment_once",
                        violation_error_message="Cette personne a déjà une demande dans la session.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", ""), ("result_on__isnull", True)),
                            models.Q(
                                models.Q(("result", ""), _negated=True),
                                ("result_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="enrolment_result_is_dated",
                        violation_error_message="Un résultat a sa date.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentMove",
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
                            ("asked", "Place demandée"),
                            ("waiting", "Sur liste d’attente"),
                            ("accepted", "Place accordée, à confirmer"),
                            ("enrolled", "Inscription confirmée"),
                            ("attended", "Formation suivie"),
                            ("dropped", "Abandon"),
                            ("refused", "Demande refusée"),
                            ("withdrawn", "Renoncement"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("asked", "Place demandée"),
                            ("waiting", "Sur liste d’attente"),
                            ("accepted", "Place accordée, à confirmer"),
                            ("enrolled", "Inscription confirmée"),
                            ("attended", "Formation suivie"),
                            ("dropped", "Abandon"),
                            ("refused", "Demande refusée"),
                            ("withdrawn", "Renoncement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("is_own", models.BooleanField(default=False)),
                ("passed_on", models.BooleanField(default=False)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="training.enrolment",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une inscription",
                "indexes": [
                    models.Index(fields=["enrolment", "-at", "-id"], name="enrolment_move_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "payer",
                    models.CharField(
                        choices=[
                            ("opco_sante", "OPCO Santé"),
                            ("opco_ep", "OPCO des entreprises de proximité"),
                            ("opco_cohesion", "Uniformation (cohésion sociale)"),
                            ("anfh", "ANFH (fonction publique hospitalière)"),
                            ("cnfpt", "CNFPT (collectivités)"),
                            ("region", "Région"),
                            ("france_travail", "France Travail"),
                            ("transitions_pro", "Transitions Pro"),
                            ("employer", "Employeur"),
                            ("cpf", "Compte personnel de formation (CPF)"),
                            ("ars", "Agence régionale de santé"),
                            ("person", "La personne elle-même"),
                        ],
                        max_length=16,
                        verbose_name="financeur",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="numéro du dossier"),
                ),
                ("due_on", models.DateField(verbose_name="à déposer avant le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_send", "À déposer"),
                            ("sent", "Déposé"),
                            ("granted", "Accordé"),
                            ("partly", "Accordé en partie"),
                            ("refused", "Refusé"),
                            ("paid", "Payé"),
                            ("abandoned", "Sans suite"),
                        ],
                        default="to_send",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "asked_cents",
                    models.PositiveIntegerField(default=0, verbose_name="montant demandé (€)"),
                ),
                (
                    "granted_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="montant accordé (€)"
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="déposé le")),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="réponse du"),
                ),
                ("reminded_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="funding_files",
                        to="training.enrolment",
                        verbose_name="inscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier de financement",
                "indexes": [models.Index(fields=["state", "due_on"], name="funding_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["granted", "paid", "partly"]), _negated=True),
                            ("granted_cents__isnull", False),
                            _connector="OR",
                        ),
                        name="funding_granted_is_known",
                        violation_error_message="Donnez le montant accordé.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_on__isnull", True),
                            ("answered_on__isnull", True),
                            ("answered_on__gte", models.F("sent_on")),
                            _connector="OR",
                        ),
                        name="funding_in_order",
                        violation_error_message="La réponse précède le dépôt.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["refused", "abandoned"]), _negated=True),
                        fields=("enrolment", "payer"),
                        name="funding_payer_once",
                        violation_error_message="Ce financeur a déjà un dossier pour cette place.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("running", "Calcul en cours"),
                            ("done", "Terminé"),
                            ("stopped", "Arrêté"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "budget",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="budget (€)"),
                ),
                (
                    "need_worth",
                    models.PositiveSmallIntegerField(default=1, verbose_name="poids d’un besoin"),
                ),
                ("stop_asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="calculé le"),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proved", "Le meilleur possible, c’est prouvé"),
                            ("bounded", "Proche du meilleur\xa0: l’écart possible est indiqué"),
                        ],
                        max_length=8,
                    ),
                ),
                ("points", models.PositiveIntegerField(default=0)),
                ("bound", models.PositiveIntegerField(default=0)),
                ("cost", models.PositiveIntegerField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opening_plans",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan des sessions",
                "indexes": [
                    models.Index(fields=["territory", "-asked_at"], name="opening_plan_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("people", models.PositiveSmallIntegerField()),
                ("covered", models.PositiveSmallIntegerField(default=0)),
                (
                    "why_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_run", "Aucune session ne finit à temps"),
                            ("few", "Trop peu de personnes formées à temps"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="training.openingplan",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="professions.profession",
                    ),
                ),
            ],
            options={
                "verbose_name": "besoin d’un plan",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "profession", "month"), name="plan_need_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens", models.BooleanField(default=False)),
                (
                    "why_closed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("few", "Trop peu de personnes pourraient venir"),
                            ("dear", "Plus chère que tout le budget"),
                            ("outbid", "Ses personnes, ou son budget, servent mieux ailleurs"),
                        ],
                        max_length=8,
                    ),
                ),
                ("could_come", models.PositiveSmallIntegerField(default=0)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="training.openingplan",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_options",
                        to="training.courserun",
                    ),
                ),
            ],
            options={
                "verbose_name": "session d’un plan",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "run"), name="plan_option_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RunMove",
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
                            ("planned", "Possible"),
                            ("open", "Inscriptions ouvertes"),
                            ("confirmed", "Confirmée"),
                            ("running", "En cours"),
                            ("done", "Terminée"),
                            ("cancelled", "Annulée"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("planned", "Possible"),
                            ("open", "Inscriptions ouvertes"),
                            ("confirmed", "Confirmée"),
                            ("running", "En cours"),
                            ("done", "Terminée"),
                            ("cancelled", "Annulée"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="training.courserun",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d’état d’une session",
                "indexes": [models.Index(fields=["run", "-at", "-id"], name="run_move_latest")],
            },
        ),
        migrations.CreateModel(
            name="RunSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="de")),
                ("ends_at", models.DateTimeField(verbose_name="à")),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="lieu, s’il diffère"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="training.courserun",
                    ),
                ),
            ],
            options={
                "verbose_name": "séance",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="run_session_in_order",
                        violation_error_message="La séance finit avant de commencer.",
                    ),
                    models.UniqueConstraint(
                        fields=("run", "starts_at"),
                        name="run_session_once",
                        violation_error_message="Une séance commence déjà à cette heure.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("present", "Présent"),
                            ("late", "En retard"),
                            ("excused", "Absence excusée"),
                            ("absent", "Absent"),
                        ],
                        max_length=8,
                        verbose_name="présence",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="training.enrolment",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="training.runsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "présence à une séance",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enrolment", "session"), name="attendance_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingProvider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity_number",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="numéro de déclaration"
                    ),
                ),
                (
                    "certified_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="certifié Qualiopi jusqu’au"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="déclaré le")),
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="training_provider",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisme de formation",
            },
        ),
        migrations.AddField(
            model_name="course",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="courses",
                to="training.trainingprovider",
                verbose_name="organisme",
            ),
        ),
        migrations.CreateModel(
            name="TrainingWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.JSONField(default=list, verbose_name="mois possibles")),
                (
                    "reach_km",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="distance acceptée (km)"
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("normal", "Normale"),
                            ("high", "Haute"),
                            ("highest", "Très haute"),
                        ],
                        default="normal",
                        max_length=8,
                        verbose_name="priorité",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "En attente d’une session"),
                            ("served", "Place trouvée"),
                            ("withdrawn", "Retiré"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="noté le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="au départ de",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wishes",
                        to="training.course",
                        verbose_name="formation",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.profession",
                        verbose_name="métier visé",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="training_wishes",
                        to="privacy.datasubject",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_wishes",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "souhait de formation",
                "indexes": [models.Index(fields=["territory", "state"], name="wish_open")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("course__isnull", True), ("profession__isnull", False)),
                            models.Q(("course__isnull", False), ("profession__isnull", True)),
                            _connector="OR",
                        ),
                        name="wish_is_for_one_thing",
                        violation_error_message="Choisissez une formation, ou un métier visé.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("course__isnull", False), ("state", "open")),
                        fields=("subject", "course"),
                        name="wish_course_once",
                        violation_error_message="Cette formation est déjà souhaitée.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("profession__isnull", False), ("state", "open")),
                        fields=("subject", "profession"),
                        name="wish_profession_once",
                        violation_error_message="Ce métier est déjà souhaité.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("elsewhere", "Suit une autre session"),
                            ("no_run", "Aucune session possible à portée, aux mois souhaités"),
                            ("closed", "Aucune session qui convienne n’ouvre"),
                            ("full", "Les sessions qui conviennent sont pleines"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="training.enrolment",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="training.planoption",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="training.openingplan",
                    ),
                ),
                (
                    "wish",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_lines",
                        to="training.trainingwish",
                    ),
                ),
            ],
            options={
                "verbose_name": "souhait d’un plan",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "wish"), name="plan_wish_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at__isnull", True)),
                fields=("provider", "title"),
                name="course_title_once",
                violation_error_message="Cet organisme a déjà une formation de ce nom.",
            ),
        ),
    ]

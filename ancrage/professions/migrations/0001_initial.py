import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import ancrage.kit.search
import ancrage.professions.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BridgeFunding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="identifiant")),
                (
                    "conditions",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[ancrage.professions.validators.validate_conditions],
                        verbose_name="conditions",
                    ),
                ),
                (
                    "in_force_from",
                    models.DateField(blank=True, null=True, verbose_name="en vigueur depuis"),
                ),
                (
                    "in_force_to",
                    models.DateField(blank=True, null=True, verbose_name="en vigueur jusqu’au"),
                ),
                (
                    "note_fr",
                    models.CharField(blank=True, max_length=300, verbose_name="précision"),
                ),
                (
                    "note_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="précision en anglais"
                    ),
                ),
                ("source", models.URLField(max_length=300, verbose_name="source")),
                ("checked_on", models.DateField(verbose_name="vérifié le")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                ("label_fr", models.CharField(max_length=100, verbose_name="libellé")),
                ("label_en", models.CharField(max_length=100, verbose_name="libellé anglais")),
                (
                    "sectors",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[ancrage.professions.validators.validate_sectors],
                        verbose_name="secteurs",
                    ),
                ),
                (
                    "kept_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="salaire gardé (%)",
                    ),
                ),
                (
                    "rest_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="reste à charge (centimes)"
                    ),
                ),
                (
                    "owed_times",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="engagement (× durée)"
                    ),
                ),
                (
                    "owed_most_months",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="engagement (mois au plus)"
                    ),
                ),
            ],
            options={
                "verbose_name": "financement d’une passerelle",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from__isnull", True),
                            ("in_force_to__isnull", True),
                            ("in_force_to__gte", models.F("in_force_from")),
                            _connector="OR",
                        ),
                        name="funding_in_force_in_order",
                        violation_error_message="La fin de la règle précède son début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Profession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="identifiant")),
                ("label_fr", models.CharField(max_length=100, verbose_name="libellé")),
                ("plural_fr", models.CharField(max_length=100, verbose_name="libellé au pluriel")),
                ("label_en", models.CharField(max_length=100, verbose_name="libellé anglais")),
                (
                    "plural_en",
                    models.CharField(max_length=100, verbose_name="libellé anglais au pluriel"),
                ),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("medical", "Médecins, pharmaciens, sages-femmes"),
                            ("nursing", "Soins infirmiers et encadrement"),
                            ("care", "Soins du quotidien et service"),
                            ("rehabilitation", "Rééducation et psychologie"),
                            ("technical", "Médico-technique et transport sanitaire"),
                            ("social", "Social et éducatif"),
                            ("home", "Aide à domicile"),
                            ("administration", "Administration et direction"),
                        ],
                        max_length=20,
                        verbose_name="famille",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(verbose_name="rang")),
                (
                    "rome_codes",
                    models.JSONField(blank=True, default=list, verbose_name="codes ROME"),
                ),
                (
                    "ans_codes",
                    models.JSONField(blank=True, default=list, verbose_name="codes ANS"),
                ),
                (
                    "pcs_codes",
                    models.JSONField(blank=True, default=list, verbose_name="codes PCS-ESE 2003"),
                ),
                (
                    "fap_code",
                    models.CharField(blank=True, max_length=5, verbose_name="code FAP 2009"),
                ),
                (
                    "registration",
                    models.CharField(
                        choices=[
                            ("order", "Inscription à l’Ordre"),
                            ("ars", "Enregistrement par l’ARS (RPPS)"),
                            ("regulated", "Diplôme réglementé, sans inscription"),
                            ("none", "Aucune inscription connue"),
                        ],
                        max_length=12,
                        verbose_name="inscription",
                    ),
                ),
                (
                    "registration_note",
                    models.CharField(blank=True, max_length=200, verbose_name="précision"),
                ),
                ("is_doctor", models.BooleanField(default=False, verbose_name="médecin")),
                (
                    "has_practice_sheet",
                    models.BooleanField(default=False, verbose_name="exercice libéral possible"),
                ),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="version")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                ("revision", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "verbose_name": "métier",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="profession_valid_in_order",
                        violation_error_message="La fin de validité précède son début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="identifiant")),
                ("label_fr", models.CharField(max_length=100, verbose_name="libellé")),
                ("label_en", models.CharField(max_length=100, verbose_name="libellé anglais")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                (
                    "profession",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="qualification",
                        to="professions.profession",
                        verbose_name="métier",
                    ),
                ),
            ],
            options={
                "verbose_name": "titre",
            },
        ),
        migrations.CreateModel(
            name="Specialty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="code")),
                ("label_fr", models.CharField(max_length=160, verbose_name="libellé")),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=160, verbose_name="libellé anglais"),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("medicine", "Spécialités médicales"),
                            ("surgery", "Spécialités chirurgicales"),
                            ("biology", "Biologie et génétique"),
                            ("dental", "Chirurgie dentaire"),
                            ("nursing", "Pratique avancée infirmière"),
                        ],
                        default="medicine",
                        max_length=12,
                        verbose_name="groupe",
                    ),
                ),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="version")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="variants",
                        to="professions.specialty",
                        to_field="code",
                        verbose_name="variante de",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="specialties",
                        to="professions.profession",
                        verbose_name="métier",
                    ),
                ),
            ],
            options={
                "verbose_name": "spécialité",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("code")), _negated=True),
                            _connector="OR",
                        ),
                        name="specialty_not_its_own_variant",
                        violation_error_message="Une spécialité n’est pas une variante d’elle-même.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="specialty_valid_in_order",
                        violation_error_message="La fin de validité précède son début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfessionAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=100, verbose_name="écriture")),
                ("folded", models.CharField(db_index=True, max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("label", "Libellé officiel"),
                            ("abbreviation", "Abréviation"),
                            ("wording", "Appellation"),
                            ("code", "Code ROME"),
                            ("practitioner", "Nom de spécialiste"),
                            ("discipline", "Discipline"),
                        ],
                        default="wording",
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("is_certain", models.BooleanField(default=True, verbose_name="sans ambiguïté")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="professions.profession",
                    ),
                ),
                (
                    "specialty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="professions.specialty",
                        verbose_name="spécialité",
                    ),
                ),
            ],
            options={
                "verbose_name": "écriture d’un métier",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("specialty__isnull", True)),
                        fields=("profession", "folded"),
                        name="alias_once",
                        violation_error_message="Cette écriture est déjà connue pour ce métier.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("specialty__isnull", False)),
                        fields=("profession", "specialty", "folded"),
                        name="alias_once_per_specialty",
                        violation_error_message="Cette écriture est déjà connue pour cette spécialité.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "discipline"), _negated=True),
                            ("specialty__isnull", False),
                            _connector="OR",
                        ),
                        name="alias_discipline_has_specialty",
                        violation_error_message="Une discipline désigne une spécialité.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfessionBridge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="identifiant")),
                (
                    "conditions",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[ancrage.professions.validators.validate_conditions],
                        verbose_name="conditions",
                    ),
                ),
                (
                    "in_force_from",
                    models.DateField(blank=True, null=True, verbose_name="en vigueur depuis"),
                ),
                (
                    "in_force_to",
                    models.DateField(blank=True, null=True, verbose_name="en vigueur jusqu’au"),
                ),
                (
                    "note_fr",
                    models.CharField(blank=True, max_length=300, verbose_name="précision"),
                ),
                (
                    "note_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="précision en anglais"
                    ),
                ),
                ("source", models.URLField(max_length=300, verbose_name="source")),
                ("checked_on", models.DateField(verbose_name="vérifié le")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("full_course", "Formation complète"),
                            ("partial_course", "Formation partielle, avec des blocs acquis"),
                            ("apprenticeship", "Apprentissage"),
                            ("by_experience", "Validation des acquis de l’expérience (VAE)"),
                            ("short_course", "Formation courte"),
                            ("right", "Droit ouvert sans nouvelle formation"),
                        ],
                        max_length=16,
                        verbose_name="nature",
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("full_time", "À temps plein"),
                            ("alternating", "En alternance"),
                            ("in_post", "En restant en poste"),
                        ],
                        max_length=12,
                        verbose_name="rythme",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="durée (mois)")),
                (
                    "months_at_most",
                    models.BooleanField(default=False, verbose_name="durée maximale"),
                ),
                (
                    "hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée (heures)"
                    ),
                ),
                (
                    "fundings",
                    models.JSONField(blank=True, default=list, verbose_name="financements"),
                ),
                (
                    "intakes",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[ancrage.professions.validators.validate_intakes],
                        verbose_name="rentrées",
                    ),
                ),
                (
                    "fee_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="frais (centimes)"
                    ),
                ),
                (
                    "kept_alone_percent",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="salaire gardé sans financement (%)",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bridges_out",
                        to="professions.qualification",
                        verbose_name="de",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bridges_in",
                        to="professions.qualification",
                        verbose_name="vers",
                    ),
                ),
            ],
            options={
                "verbose_name": "passerelle entre métiers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__isnull", True),
                            models.Q(("origin", models.F("target")), _negated=True),
                            _connector="OR",
                        ),
                        name="bridge_leads_elsewhere",
                        violation_error_message="Une passerelle mène d’un titre à un autre.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from__isnull", True),
                            ("in_force_to__isnull", True),
                            ("in_force_to__gte", models.F("in_force_from")),
                            _connector="OR",
                        ),
                        name="bridge_in_force_in_order",
                        violation_error_message="La fin de la règle précède son début.",
                    ),
                ],
            },
        ),
    ]

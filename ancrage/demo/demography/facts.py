"""Doctors, people and published accessibility in the Pays de Retz and around it, typed.

Facts of public bodies, under the Licence Ouverte 2.0, rounded:

- people: municipal population about 2016 (INSEE), in the communes of 2018;
- share of those of 75 and over, in % (INSEE, census);
- general practitioners who practise there: equipment D201 (INSEE, Base permanente des équipements
  2017), which counts practices, not full-time posts;
- accessibility to general practitioners, in consultations a year by inhabitant (DREES, 2015).

`merged` marks the communes born or enlarged between 2015 and 2018: what is published for them is
often the sum of what was published for those they merged, and is to be compared to nothing.
"""

from typing import NamedTuple


class Fact(NamedTuple):
    """One line of the table."""

    insee: str
    people: int
    share_75: float
    doctors: int
    access: float
    merged: bool = False


_f = Fact

# fmt: off
FACTS = (
    _f("44002", 3_516, 6.9, 4, 2.81),  # Aigrefeuille-sur-Maine
    _f("44005", 6_503, 7.7, 3, 2.86, merged=True),  # Chaumes-en-Retz
    _f("44009", 8_361, 8.7, 6, 7.33),  # Basse-Goulaine
    _f("44010", 3_008, 15.2, 2, 3.60),  # Batz-sur-Mer
    _f("44012", 2_611, 19.2, 4, 3.37),  # La Bernerie-en-Retz
    _f("44013", 2_819, 4.4, 1, 3.17),  # Besné
    _f("44014", 3_554, 6.3, 3, 3.47),  # Le Bignon
    _f("44015", 9_543, 9.2, 9, 3.50),  # Blain
    _f("44018", 6_555, 6.5, 8, 3.23),  # Bouaye
    _f("44019", 896, 5.0, 0, 2.59),  # Bouée
    _f("44020", 18_662, 7.5, 17, 5.10),  # Bouguenais
    _f("44021", 4_851, 11.8, 3, 3.64, merged=True),  # Villeneuve-en-Retz
    _f("44023", 3_018, 9.5, 3, 3.84),  # Bouvron
    _f("44024", 2_640, 5.3, 2, 4.34),  # Brains
    _f("44025", 3_904, 8.9, 4, 3.52),  # Campbon
    _f("44027", 2_114, 2.9, 2, 3.14),  # Casson
    _f("44030", 3_965, 8.7, 2, 3.65),  # La Chapelle-des-Marais
    _f("44033", 2_810, 5.2, 1, 3.46),  # La Chapelle-Launay
    _f("44035", 18_412, 8.7, 14, 3.49),  # La Chapelle-sur-Erdre
    _f("44037", 2_934, 6.4, 2, 2.11),  # Château-Thébaud
    _f("44038", 2_628, 6.1, 1, 4.09),  # Chauvé
    _f("44039", 973, 3.4, 0, 3.96),  # Cheix-en-Retz
    _f("44041", 5_241, 7.2, 2, 2.78),  # La Chevrolière
    _f("44045", 3_431, 6.1, 2, 1.75),  # Cordemais
    _f("44046", 2_710, 5.6, 3, 2.86),  # Corsept
    _f("44047", 20_084, 6.8, 18, 3.47),  # Couëron
    _f("44050", 2_846, 6.6, 0, 3.02),  # Crossac
    _f("44052", 7_330, 7.2, 4, 3.21),  # Donges
    _f("44053", 2_072, 5.4, 0, 3.26),  # Drefféac
    _f("44055", 15_456, 21.8, 18, 4.62),  # La Baule-Escoublac
    _f("44056", 3_445, 6.2, 3, 3.57),  # Fay-de-Bretagne
    _f("44061", 3_118, 9.2, 3, 2.27),  # Frossay
    _f("44066", 5_435, 3.9, 5, 3.08),  # Grandchamp-des-Fontaines
    _f("44068", 3_254, 7.8, 2, 2.36),  # Guenrouet
    _f("44069", 15_858, 11.4, 21, 5.20),  # Guérande
    _f("44070", 4_455, 6.0, 3, 3.44),  # La Haie-Fouassière
    _f("44071", 5_572, 9.6, 5, 3.86),  # Haute-Goulaine
    _f("44072", 6_307, 7.9, 4, 3.49),  # Herbignac
    _f("44073", 5_661, 6.2, 7, 4.31),  # Héric
    _f("44074", 4_104, 5.4, 7, 4.45),  # Indre
    _f("44080", 750, 3.9, 0, 2.13),  # Lavau-sur-Loire
    _f("44081", 4_498, 9.5, 8, 3.10),  # Legé
    _f("44083", 2_355, 6.9, 0, 3.40),  # La Limouzinière
    _f("44087", 7_267, 11.8, 7, 2.90, merged=True),  # Machecoul-Saint-Même
    _f("44088", 2_829, 5.1, 1, 3.18),  # Maisdon-sur-Sèvre
    _f("44089", 3_343, 4.4, 2, 3.32),  # Malville
    _f("44090", 1_371, 3.7, 0, 4.07),  # La Marne
    _f("44098", 5_076, 9.2, 4, 3.56),  # Missillac
    _f("44101", 5_988, 8.6, 9, 4.01),  # La Montagne
    _f("44102", 2_987, 6.7, 0, 3.00),  # Montbert
    _f("44103", 7_051, 8.7, 5, 4.89),  # Montoir-de-Bretagne
    _f("44106", 1_493, 13.6, 0, 2.79),  # Les Moutiers-en-Retz
    _f("44109", 292_718, 7.2, 387, 4.48),  # Nantes
    _f("44111", 2_012, 5.3, 1, 3.08),  # Notre-Dame-des-Landes
    _f("44114", 24_922, 10.5, 25, 5.21),  # Orvault
    _f("44116", 3_260, 11.8, 4, 2.76),  # Paimbœuf
    _f("44119", 1_959, 6.1, 1, 4.24),  # Paulx
    _f("44120", 4_719, 7.3, 5, 3.77),  # Le Pellerin
    _f("44126", 3_977, 14.9, 2, 3.61),  # La Plaine-sur-Mer
    _f("44127", 2_490, 8.0, 1, 2.94),  # La Planche
    _f("44129", 10_191, 9.1, 9, 3.80),  # Pontchâteau
    _f("44130", 5_640, 8.3, 6, 3.89),  # Pont-Saint-Martin
    _f("44131", 14_288, 15.8, 23, 4.61),  # Pornic
    _f("44132", 10_531, 17.9, 17, 4.75),  # Pornichet
    _f("44133", 2_864, 6.3, 2, 2.48),  # Port-Saint-Père
    _f("44135", 4_647, 27.3, 7, 4.49),  # Le Pouliguen
    _f("44136", 1_224, 18.8, 2, 2.81),  # Préfailles
    _f("44137", 3_382, 6.0, 2, 3.74),  # Prinquiau
    _f("44139", 1_368, 3.5, 0, 3.79),  # Quilly
    _f("44143", 39_568, 9.6, 46, 5.45),  # Rezé
    _f("44145", 2_752, 7.2, 1, 2.46),  # Rouans
    _f("44150", 3_779, 6.6, 2, 3.81),  # Saint-Aignan-Grandlieu
    _f("44151", 5_883, 8.1, 4, 4.69),  # Saint-André-des-Eaux
    _f("44152", 2_793, 5.9, 0, 2.75),  # Sainte-Anne-sur-Brivet
    _f("44154", 13_134, 13.6, 12, 4.58),  # Saint-Brevin-les-Pins
    _f("44155", 3_229, 4.0, 2, 3.93),  # Saint-Colomban
    _f("44156", 2_718, 6.9, 3, 4.14),  # Corcoué-sur-Logne
    _f("44157", 1_620, 5.7, 0, 3.41),  # Saint-Étienne-de-Mer-Morte
    _f("44158", 6_627, 7.3, 6, 2.87),  # Saint-Étienne-de-Montluc
    _f("44159", 1_147, 8.1, 0, 2.51),  # Saint-Fiacre-sur-Maine
    _f("44161", 3_617, 12.2, 1, 2.53),  # Saint-Gildas-des-Bois
    _f("44162", 43_784, 9.2, 58, 5.09),  # Saint-Herblain
    _f("44164", 2_136, 8.6, 1, 2.45),  # Saint-Hilaire-de-Chaléons
    _f("44166", 5_449, 8.6, 5, 4.25),  # Saint-Jean-de-Boiseau
    _f("44168", 3_917, 11.2, 4, 2.66),  # Saint-Joachim
    _f("44171", 1_602, 5.2, 0, 3.25),  # Saint-Léger-les-Vignes
    _f("44172", 14_170, 7.0, 10, 5.97),  # Sainte-Luce-sur-Loire
    _f("44174", 2_013, 4.5, 1, 2.96),  # Saint-Lumine-de-Coutais
    _f("44175", 4_482, 7.6, 2, 2.58),  # Saint-Lyphard
    _f("44176", 3_211, 8.3, 2, 3.82),  # Saint-Malo-de-Guersac
    _f("44178", 2_587, 7.5, 1, 2.50),  # Saint-Mars-de-Coutais
    _f("44182", 4_535, 14.7, 4, 5.28),  # Saint-Michel-Chef-Chef
    _f("44183", 2_452, 6.1, 2, 4.00),  # Saint-Molf
    _f("44184", 68_513, 11.8, 99, 4.33),  # Saint-Nazaire
    _f("44186", 6_074, 7.2, 3, 2.21),  # Sainte-Pazanne
    _f("44187", 4_273, 7.9, 6, 4.06),  # Saint-Père-en-Retz
    _f("44188", 8_619, 6.9, 12, 3.47),  # Saint-Philbert-de-Grand-Lieu
    _f("44189", 2_245, 9.5, 2, 3.47),  # Sainte-Reine-de-Bretagne
    _f("44190", 25_610, 10.3, 21, 4.29),  # Saint-Sébastien-sur-Loire
    _f("44192", 2_336, 6.7, 1, 3.08),  # Saint-Viaud
    _f("44194", 6_968, 12.7, 8, 5.12),  # Sautron
    _f("44195", 8_100, 7.9, 9, 3.19),  # Savenay
    _f("44196", 1_640, 8.4, 1, 2.45),  # Sévérac
    _f("44198", 7_754, 8.2, 6, 6.06),  # Les Sorinières
    _f("44201", 6_590, 8.7, 7, 3.61),  # Sucé-sur-Erdre
    _f("44203", 1_873, 4.6, 1, 3.77),  # Le Temple-de-Bretagne
    _f("44206", 1_735, 9.8, 1, 3.65),  # Touvois
    _f("44209", 8_226, 6.5, 5, 2.86),  # Treillières
    _f("44210", 7_298, 8.7, 9, 6.21),  # Trignac
    _f("44215", 22_820, 9.7, 19, 3.47),  # Vertou
    _f("44217", 5_628, 6.3, 4, 3.34),  # Vigneux-de-Bretagne
    _f("44220", 1_539, 5.3, 0, 2.96),  # Vue
    _f("44223", 3_628, 8.1, 5, 3.41),  # Geneston
    _f("85011", 1_792, 22.0, 4, 4.84),  # Barbâtre
    _f("85012", 2_179, 15.4, 1, 3.75),  # La Barre-de-Monts
    _f("85018", 3_942, 19.7, 6, 3.77),  # Beauvoir-sur-Mer
    _f("85024", 1_903, 9.5, 1, 3.55),  # Bois-de-Céné
    _f("85029", 2_165, 17.6, 0, 2.52),  # Bouin
    _f("85047", 19_501, 15.5, 19, 3.58),  # Challans
    _f("85062", 968, 5.5, 2, 3.34),  # Châteauneuf
    _f("85083", 1_655, 18.9, 1, 4.01),  # L’Épine
    _f("85086", 1_532, 6.2, 1, 2.77),  # Falleron
    _f("85095", 1_720, 4.1, 1, 3.38),  # Froidfond
    _f("85096", 4_663, 8.2, 3, 3.51),  # La Garnache
    _f("85106", 1_401, 16.7, 1, 4.51),  # La Guérinière
    _f("85163", 4_587, 18.2, 6, 4.29),  # Noirmoutier-en-l’Île
    _f("85164", 1_997, 20.4, 2, 2.52),  # Notre-Dame-de-Monts
    _f("85172", 1_897, 11.3, 2, 4.79),  # Le Perrier
    _f("85204", 2_529, 9.5, 2, 3.34),  # Saint-Christophe-du-Ligneron
    _f("85221", 2_476, 10.0, 1, 3.71),  # Saint-Gervais
    _f("85262", 3_228, 6.2, 3, 3.61),  # Saint-Philbert-de-Bouaine
    _f("85273", 1_754, 5.0, 0, 3.69),  # Saint-Urbain
    _f("85280", 2_864, 11.2, 5, 4.70),  # Sallertaine
    _f("85284", 4_202, 12.3, 3, 4.59),  # Soullans
)
# fmt: on

MEANS_YEAR = 2023


class Mean(NamedTuple):
    """What a department has on average, by profession, and how many live there."""

    department: str
    people: int
    doctors: float
    nurses: float
    physios: float
    midwives: float


MEANS = (
    Mean("35", 1_098_325, 4.01, 120.8, 121.12, 24.99),
    Mean("44", 1_457_806, 3.98, 82.85, 116.29, 25.32),
    Mean("49", 824_743, 4.0, 88.91, 94.55, 23.75),
    Mean("53", 305_933, 2.89, 80.53, 64.43, 17.41),
    Mean("56", 768_687, 4.17, 177.13, 112.24, 26.3),
    Mean("72", 566_058, 2.75, 80.8, 67.16, 21.66),
    Mean("79", 374_587, 3.11, 77.94, 55.54, 26.23),
    Mean("85", 699_459, 2.98, 84.78, 87.47, 23.92),
)
"""Means of the departments around, weighted by people: DREES, APL 2023, all ages.

Consultations a year by inhabitant for doctors, full-time posts for 100,000 for the others.
"""

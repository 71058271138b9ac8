#include "press/press_text.h"

#include <assert.h>
#include <string.h>

enum { ENGLISH, FRENCH, DUTCH, LANGUAGES };

static const char *const languages[LANGUAGES] = {"en", "fr", "nl"};

static const char *const texts[PRESS_TEXT_COUNT][LANGUAGES] = {
    [PRESS_TEXT_TRANSCRIPT] = {"Transcript of records", "Relevé de notes", "Puntenlijst"},
    [PRESS_TEXT_RECOGNITION] = {"Recognition of a stay abroad",
                                "Reconnaissance d'un séjour à l'étranger",
                                "Erkenning van een verblijf in het buitenland"},
    [PRESS_TEXT_SUPPLEMENT] = {"For the diploma supplement: credits and grades transferred",
                               "Pour le supplément au diplôme : crédits et notes transférés",
                               "Voor het diplomasupplement: overgedragen studiepunten en cijfers"},
    [PRESS_TEXT_STUDENT] = {"Student", "Étudiant ou étudiante", "Student"},
    [PRESS_TEXT_FAMILY_NAME] = {"Family name", "Nom de famille", "Familienaam"},
    [PRESS_TEXT_GIVEN_NAMES] = {"Given names", "Prénoms", "Voornamen"},
    [PRESS_TEXT_BIRTH_DATE] = {"Date of birth", "Date de naissance", "Geboortedatum"},
    [PRESS_TEXT_ESI] = {"European Student Identifier", "Identifiant européen d'étudiant",
                        "Europees studentnummer (ESI)"},
    [PRESS_TEXT_STAY] = {"Stay", "Séjour", "Verblijf"},
    [PRESS_TEXT_HOST] = {"Receiving institution", "Établissement d'accueil",
                         "Ontvangende instelling"},
    [PRESS_TEXT_HOME] = {"Sending institution", "Établissement d'origine", "Zendende instelling"},
    [PRESS_TEXT_YEAR] = {"Academic year", "Année académique", "Academiejaar"},
    [PRESS_TEXT_TERM] = {"Term", "Semestre", "Semester"},
    [PRESS_TEXT_TERM_SHORT] = {"Term", "Sem.", "Sem."},
    [PRESS_TEXT_FROM] = {"From", "Du", "Van"},
    [PRESS_TEXT_UNTIL] = {"Until", "Au", "Tot en met"},
    [PRESS_TEXT_DOSSIER] = {"Dossier", "Dossier", "Dossier"},
    [PRESS_TEXT_ISSUED_ON] = {"Issued on", "Établi le", "Uitgereikt op"},
    [PRESS_TEXT_DECIDED_ON] = {"Decided on", "Décidé le", "Beslist op"},
    [PRESS_TEXT_RESULTS] = {"Results", "Résultats", "Resultaten"},
    [PRESS_TEXT_CODE] = {"Code", "Code", "Code"},
    [PRESS_TEXT_TITLE] = {"Component", "Unité d'enseignement", "Opleidingsonderdeel"},
    [PRESS_TEXT_FIELD] = {"ISCED-F", "CITE-F", "ISCED-F"},
    [PRESS_TEXT_HOURS] = {"Hours", "Heures", "Uren"},
    [PRESS_TEXT_CREDITS] = {"ECTS credits", "Crédits ECTS", "Studie-punten"},
    [PRESS_TEXT_GRADE] = {"Grade", "Note", "Cijfer"},
    [PRESS_TEXT_SCHEME] = {"Scheme", "Barème", "Schaal"},
    [PRESS_TEXT_RESULT] = {"Result", "Résultat", "Resultaat"},
    [PRESS_TEXT_LANGUAGE] = {"Lang.", "Langue", "Taal"},
    [PRESS_TEXT_PASSED] = {"passed", "réussi", "geslaagd"},
    [PRESS_TEXT_FAILED] = {"not passed", "non réussi", "niet geslaagd"},
    [PRESS_TEXT_TOTAL] = {"Total", "Total", "Totaal"},
    [PRESS_TEXT_CREDITS_MEANING] =
        {"60 ECTS credits are the workload of a full academic year. What was not passed is listed "
         "with no credits.",
         "60 crédits ECTS représentent le travail d'une année académique complète. Ce qui n'est "
         "pas réussi figure sans crédits.",
         "60 studiepunten (ECTS) zijn de studielast van een volledig academiejaar. Waarvoor de "
         "student niet slaagde, staat zonder studiepunten vermeld."},
    [PRESS_TEXT_DISTRIBUTION] = {"Distribution of grades", "Répartition des notes",
                                 "Verdeling van de cijfers"},
    [PRESS_TEXT_DISTRIBUTION_MEANING] = {"Best grade first: how many were given.",
                                         "De la meilleure à la moins bonne : combien ont été "
                                         "attribuées.",
                                         "Hoogste cijfer eerst: hoeveel er werden toegekend."},
    [PRESS_TEXT_COMMENT] = {"Comment", "Remarque", "Opmerking"},
    [PRESS_TEXT_RECOGNISED] = {"Recognised", "Reconnu", "Erkend"},
    [PRESS_TEXT_HOST_COMPONENTS] = {"At the receiving institution", "À l'établissement d'accueil",
                                    "Aan de ontvangende instelling"},
    [PRESS_TEXT_HOME_COMPONENTS] = {"At the sending institution", "À l'établissement d'origine",
                                    "Aan de zendende instelling"},
    [PRESS_TEXT_HOST_CREDITS] = {"Credits", "Crédits", "Stp."},
    [PRESS_TEXT_HOST_GRADE] = {"Grade", "Note", "Cijfer"},
    [PRESS_TEXT_HOME_CREDITS] = {"Credits", "Crédits", "Stp."},
    [PRESS_TEXT_HOME_GRADE] = {"Grade", "Note", "Cijfer"},
    [PRESS_TEXT_REASON_FAILED] = {"not passed", "non réussi", "niet geslaagd"},
    [PRESS_TEXT_REASON_CONTENT] = {"other content", "contenu différent", "andere inhoud"},
    [PRESS_TEXT_REASON_LEVEL] = {"other level", "autre niveau", "ander niveau"},
    [PRESS_TEXT_REASON_DUPLICATE] = {"had already", "déjà acquis", "reeds behaald"},
    [PRESS_TEXT_REASON_UNPLANNED] = {"not in the learning agreement", "hors du contrat d'études",
                                     "niet in de studieovereenkomst"},
    [PRESS_TEXT_REASON_OTHER] = {"other reason", "autre motif", "andere reden"},
    [PRESS_TEXT_RULE] = {"Rule or table used", "Règle ou table appliquée",
                         "Gebruikte regel of tabel"},
    [PRESS_TEXT_TRANSFERRED] = {"Credits and grades transferred", "Crédits et notes transférés",
                                "Overgedragen studiepunten en cijfers"},
    [PRESS_TEXT_NOT_RECOGNISED] = {"not recognised", "non reconnu", "niet erkend"},
    [PRESS_TEXT_LEARNING] = {"Learning agreement", "Contrat d'études", "Studieovereenkomst"},
    [PRESS_TEXT_LEARNING_AGREED] = {"The receiving institution has approved it.",
                                    "L'établissement d'accueil l'a approuvé.",
                                    "De ontvangende instelling heeft ze goedgekeurd."},
    [PRESS_TEXT_LEARNING_OPEN] = {"The receiving institution has not approved it yet.",
                                  "L'établissement d'accueil ne l'a pas encore approuvé.",
                                  "De ontvangende instelling heeft ze nog niet goedgekeurd."},
    [PRESS_TEXT_PART_HOST] = {"A: at the receiving institution", "A : à l'établissement d'accueil",
                              "A: aan de ontvangende instelling"},
    [PRESS_TEXT_PART_HOME] = {"B: recognised at the sending institution",
                              "B : reconnu à l'établissement d'origine",
                              "B: erkend aan de zendende instelling"},
    [PRESS_TEXT_PART_VIRTUAL] = {"C: at a distance", "C : à distance", "C: op afstand"},
    [PRESS_TEXT_APPROVED_ON] = {"Student agreed on", "Accord de l'étudiant le",
                                "Student akkoord op"},
    [PRESS_TEXT_APPROVED_BY] = {"Agreed by", "Accord par", "Akkoord door"},
    [PRESS_TEXT_INSTRUCTION] = {"Language of instruction", "Langue d'enseignement",
                                "Onderwijstaal"},
    [PRESS_TEXT_SIGNATORY] = {"For the institution", "Pour l'établissement", "Voor de instelling"},
    [PRESS_TEXT_UNIT] = {"Department", "Département", "Departement"},
    [PRESS_TEXT_PROOF] = {"What is signed", "Ce qui est signé", "Wat ondertekend is"},
    [PRESS_TEXT_PROOF_MEANING] =
        {"This paper is a view. What is signed is the record that is attached to this file; where "
         "the two differ, the record holds. On paper alone nothing is proved.",
         "Ce document est une vue. C'est l'enregistrement joint à ce fichier qui est signé ; s'ils "
         "diffèrent, l'enregistrement fait foi. Le papier seul ne prouve rien.",
         "Dit document is een weergave. Ondertekend is het record dat als bijlage bij dit bestand "
         "zit; wijken ze af, dan geldt het record. Papier alleen bewijst niets."},
    [PRESS_TEXT_PROOF_HOW] =
        {"Save the attachment and check it, without a network and without an account, by:  "
         "peregrin record verify FILE --anchor HEX  . It must be valid and name the record below, "
         "which the square code names too.",
         "Enregistrez la pièce jointe et vérifiez-la, sans réseau ni compte, par :  peregrin "
         "record verify FICHIER --anchor HEX  . Elle doit être valable et désigner "
         "l'enregistrement ci-dessous, que le code carré désigne aussi.",
         "Bewaar de bijlage en controleer ze, zonder netwerk of account, met:  peregrin record "
         "verify BESTAND --anchor HEX  . Ze moet geldig zijn en het record hieronder noemen, dat "
         "ook in de vierkante code staat."},
    [PRESS_TEXT_RECORD] = {"Record", "Enregistrement", "Record"},
    [PRESS_TEXT_SIGNED_BY] = {"Signed by", "Signé par", "Ondertekend door"},
    [PRESS_TEXT_SIGNED_AT] = {"Said at", "Daté du", "Gezegd op"},
    [PRESS_TEXT_FILE] = {"Attachment", "Pièce jointe", "Bijlage"},
    [PRESS_TEXT_BESIDE] = {"Names the signed record", "Désigne l'enregistrement signé",
                           "Noemt het ondertekende record"},
    [PRESS_TEXT_NOMINATIONS] = {"Nominations", "Nominations", "Nominaties"},
    [PRESS_TEXT_NOMINATIONS_ASK] =
        {"We nominate these students for a stay at your institution. Please answer by e-mail, for "
         "each of them: accepted, refused, or on the waiting list. The list that came with this "
         "paper has the same rows for your own system.",
         "Nous nominons ces étudiants pour un séjour dans votre établissement. Merci de répondre "
         "par courriel, pour chacun : accepté, refusé ou en liste d'attente. La liste jointe à "
         "l'envoi contient les mêmes lignes pour votre propre système.",
         "Wij nomineren deze studenten voor een verblijf aan uw instelling. Gelieve per e-mail te "
         "antwoorden, voor elk van hen: aanvaard, geweigerd of op de wachtlijst. De lijst bij deze "
         "zending bevat dezelfde rijen voor uw eigen systeem."},
    [PRESS_TEXT_STUDENTS] = {"Students", "Étudiants", "Studenten"},
    [PRESS_TEXT_MADE_AT] = {"List made at", "Liste établie le", "Lijst opgemaakt op"},
    [PRESS_TEXT_NUMBER] = {"No.", "N°", "Nr."},
    [PRESS_TEXT_BORN] = {"Born", "Naissance", "Geboren"},
    [PRESS_TEXT_YEAR_SHORT] = {"Year", "Année", "Jaar"},
    [PRESS_TEXT_KIND] = {"Kind", "Type", "Soort"},
    [PRESS_TEXT_LEVEL] = {"EQF", "CEC", "EQF"},
    [PRESS_TEXT_KIND_STUDIES] = {"studies", "études", "studie"},
    [PRESS_TEXT_KIND_TRAINEESHIP] = {"traineeship", "stage", "stage"},
    [PRESS_TEXT_KIND_BLENDED] = {"blended", "hybride", "blended"},
    [PRESS_TEXT_KIND_DOCTORAL] = {"short doctoral", "doctorat, court", "kort doctoraat"},
    [PRESS_TEXT_KIND_TEACHING] = {"teaching", "enseignement", "lesopdracht"},
    [PRESS_TEXT_KIND_TRAINING] = {"staff training", "formation", "vorming"},
    [PRESS_TEXT_KIND_VIRTUAL] = {"virtual", "virtuel", "virtueel"},
    [PRESS_TEXT_LIST_MEANING] =
        {"This paper is a view. What is signed are the records that are attached to this file, one "
         "for each row; where they differ, the record holds. On paper alone nothing is proved.",
         "Ce document est une vue. Ce sont les enregistrements joints à ce fichier qui sont "
         "signés, un par ligne ; s'ils diffèrent, l'enregistrement fait foi. Le papier seul ne "
         "prouve rien.",
         "Dit document is een weergave. Ondertekend zijn de records die als bijlage bij dit "
         "bestand zitten, één per rij; wijken ze af, dan geldt het record. Papier alleen bewijst "
         "niets."},
    [PRESS_TEXT_LIST_HOW] =
        {"Save the attachment and check it, without a network and without an account, by:  "
         "peregrin record verify FILE --anchor HEX  . It must be valid and name the records below; "
         "the square code names them all together.",
         "Enregistrez la pièce jointe et vérifiez-la, sans réseau ni compte, par :  peregrin "
         "record verify FICHIER --anchor HEX  . Elle doit être valable et désigner les "
         "enregistrements ci-dessous ; le code carré les désigne ensemble.",
         "Bewaar de bijlage en controleer ze, zonder netwerk of account, met:  peregrin record "
         "verify BESTAND --anchor HEX  . Ze moet geldig zijn en de records hieronder noemen; de "
         "vierkante code noemt ze samen."},
    [PRESS_TEXT_LIST_BESIDE] = {"Names the signed records", "Désigne les enregistrements signés",
                                "Noemt de ondertekende records"},
    [PRESS_TEXT_CHANGE] = {"Change", "Suivi", "Wijziging"},
    [PRESS_TEXT_CHANGED] = {"changed", "modifiée", "gewijzigd"},
    [PRESS_TEXT_WITHDRAWN] = {"withdrawn", "retirée", "ingetrokken"},
    [PRESS_TEXT_PAGE] = {"Page {} of {}", "Page {} sur {}", "Blad {} van {}"},
};

const char *press_text_language(size_t nth)
{
    return nth < LANGUAGES ? languages[nth] : NULL;
}

static size_t language_find(const char *language)
{
    size_t nth = 0;
    while (nth < LANGUAGES && strcmp(languages[nth], language) != 0)
        nth++;
    return nth;
}

bool press_text_knows(const char *language)
{
    return language_find(language) < LANGUAGES;
}

const char *press_text(enum press_text text, const char *language)
{
    assert(text < PRESS_TEXT_COUNT);
    size_t nth = language_find(language);
    return texts[text][nth < LANGUAGES ? nth : ENGLISH];
}

/* What people submit in a story: bodies of invented students, and what the node answers them. */
#pragma once

#include "sim/play.h"

/* The dossiers of words[1], by the node of words[0]; further words as the verb's pattern says. */
bool people_nominates(struct play *play, const struct play_line *line);
bool people_amends(struct play *play, const struct play_line *line); /* words[2]: email, field */
bool people_accepts(struct play *play, const struct play_line *line);
bool people_accepts_over(struct play *play, const struct play_line *line); /* the quota */
bool people_refuses(struct play *play, const struct play_line *line);
bool people_withdraws(struct play *play, const struct play_line *line);
bool people_issues(struct play *play, const struct play_line *line);
bool people_waitlists(struct play *play, const struct play_line *line);
/* words[2]: arrived, departed; words[3]: the date */
bool people_says(struct play *play, const struct play_line *line);
bool people_extends(struct play *play, const struct play_line *line); /* words[2]: the date */
/* words[2]: wholly, partly, nothing; silently (fewer credits and no reason) and elsewhere (a
 * component that is not there) break a rule */
bool people_recognises(struct play *play, const struct play_line *line);
/* words[2]: acceptance, transcript, recognition */
bool people_revokes(struct play *play, const struct play_line *line);
/* words[2]: a learning agreement, see plan.h */
bool people_plans(struct play *play, const struct play_line *line);
/* words[1]: what the host says to the newest learning agreement of words[2], see plan.h */
bool people_answers_plan(struct play *play, const struct play_line *line);

/* words[3]: the agreement whose condition c1 it names */
bool people_nominates_under(struct play *play, const struct play_line *line);
/* A new agreement, words[3]: places of those who open it; another revision, words[1]: places, and
 * words[3]: the agreement that it replaces. */
bool people_proposes(struct play *play, const struct play_line *line);
bool people_offers(struct play *play, const struct play_line *line);
/* words[1]: approves, declines, drops (its own) */
bool people_answers_terms(struct play *play, const struct play_line *line);
bool people_changes_contacts(struct play *play, const struct play_line *line);
bool people_terminates(struct play *play, const struct play_line *line); /* words[2]: last year */

/* The packed nomination of a dossier as it was last changed; data NULL when the arena is spent. */
struct bytes people_nomination(const struct play_dossier *dossier, struct arena *arena);
/* A packed decision; of a refusal, for want of places. */
struct bytes people_decision(uint32_t outcome, struct arena *arena);
/* A packed transcript of one component with this grade. */
struct bytes people_transcript(const char *grade, struct arena *arena);
/* A packed recognition of the transcript that people issue; how: see people_recognises. */
struct bytes people_recognition(const char *how, struct arena *arena);

/* What befalls the processes of a story. */
#pragma once

#include "sim/play.h"

/* The processes. */
bool mishap_power(struct play *play, const struct play_line *line);
bool mishap_stops(struct play *play, const struct play_line *line);
bool mishap_starts(struct play *play, const struct play_line *line);
/* It tries, and has to stay down. */
bool mishap_cannot_start(struct play *play, const struct play_line *line);
/* Unless it is up. */
bool mishap_starts_again(struct play *play, const struct play_line *line);
bool mishap_all_start(struct play *play, const struct play_line *line);
bool mishap_dies_before(struct play *play, const struct play_line *line);
bool mishap_dies_after(struct play *play, const struct play_line *line);
bool mishap_cannot_commit(struct play *play, const struct play_line *line);
/* words: node, the number of a commit from now on. */
bool mishap_dies_before_number(struct play *play, const struct play_line *line);
bool mishap_dies_after_number(struct play *play, const struct play_line *line);
bool mishap_cannot_commit_number(struct play *play, const struct play_line *line);
/* words: node. The copy is called `2nd.` before its institution. */
bool mishap_starts_twice(struct play *play, const struct play_line *line);
bool mishap_backs_up(struct play *play, const struct play_line *line);
bool mishap_restores(struct play *play, const struct play_line *line);
bool mishap_clock(struct play *play, const struct play_line *line);
/* words: node, or nothing for all of them; a date, with or without a time. */
bool mishap_clock_at(struct play *play, const struct play_line *line);
bool mishap_clocks_at(struct play *play, const struct play_line *line);
/* words: node, how much in a day. */
bool mishap_clock_gains(struct play *play, const struct play_line *line);
bool mishap_clock_loses(struct play *play, const struct play_line *line);
bool mishap_pings(struct play *play, const struct play_line *line);

/* A person's hand on the stream to a partner: words node, partner. */
bool mishap_suspends(struct play *play, const struct play_line *line);
bool mishap_resumes(struct play *play, const struct play_line *line);
bool mishap_retries(struct play *play, const struct play_line *line);

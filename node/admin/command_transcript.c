#include "admin/command_say.h"
#include "admin/command_verbs.h"
enum command_exit command_transcript_import(struct command_work *work)
{
    return command_say_usage(work, NULL, "not yet");
}
enum command_exit command_transcript_issue(struct command_work *work)
{
    return command_say_usage(work, NULL, "not yet");
}
enum command_exit command_transcript_list(struct command_work *work)
{
    return command_say_usage(work, NULL, "not yet");
}
enum command_exit command_transcript_show(struct command_work *work)
{
    return command_say_usage(work, NULL, "not yet");
}

#include "admin/command_say.h"
#include "admin/command_verbs.h"
enum command_exit command_import_nominations(struct command_work *work)
{
    return command_say_usage(work, NULL, "not yet");
}

#include "gui/connectmodel.h"

#include "gui/overviewmodel.h"

#include "gui/budgetsmodel.h"

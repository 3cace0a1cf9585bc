#include "gui/alertsmodel.h"

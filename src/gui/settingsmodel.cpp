#include "gui/settingsmodel.h"

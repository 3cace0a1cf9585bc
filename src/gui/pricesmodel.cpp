#include "gui/pricesmodel.h"

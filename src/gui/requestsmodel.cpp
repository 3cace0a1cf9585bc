#include "gui/requestsmodel.h"

#include "gui/guidemodel.h"

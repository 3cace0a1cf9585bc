#include "gui/keysmodel.h"

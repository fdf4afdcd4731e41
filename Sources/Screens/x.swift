import Wizard

"""The tests that belong to a repair, by kind of device."""

import msgspec

from dispatch_tui.domain.message import N_


class Check(msgspec.Struct, frozen=True):
    """One test of a checklist: its code, what it is called, with what it is done, what may be."""

    code: str
    name: str
    instrument: str = ""
    limit: str = ""


_ANALYSER = N_("electrical safety analyser")
_EARTH = Check("protective_earth", N_("Protective earth resistance"), _ANALYSER, "<= 0.2 ohm")
_LEAKAGE = Check("leakage_current", N_("Earth leakage current"), _ANALYSER, "<= 0.5 mA")
_ALARMS = Check("alarms", N_("Alarms, seen and heard"))
_BATTERY = Check("battery", N_("Running on its battery"), "", ">= 30 min")
_DOSE = N_("dose meter")
_PHANTOM = N_("test phantom")
_GAS = N_("gas flow analyser")

CHECKLISTS: dict[str, tuple[Check, ...]] = {
    "ct": (
        _EARTH,
        Check("ct_number", N_("CT number of water"), _PHANTOM, "0 +- 4 HU"),
        Check("noise", N_("Image noise"), _PHANTOM, "<= 0.35 %"),
        Check("dose_index", N_("Dose index"), _DOSE, "+- 15 %"),
        Check("table_travel", N_("Travel of the table"), "", "+- 2 mm"),
    ),
    "mri": (
        _EARTH,
        Check("signal_to_noise", N_("Signal to noise"), _PHANTOM, ">= 100"),
        Check("uniformity", N_("Uniformity of the image"), _PHANTOM, ">= 75 %"),
        Check("helium_level", N_("Helium level"), "", ">= 60 %"),
        Check("emergency_stop", N_("Emergency stop")),
    ),
    "dr": (
        _EARTH,
        Check("tube_voltage", N_("Tube voltage"), N_("kV meter"), "+- 5 %"),
        Check("output", N_("Repeatability of the output"), _DOSE, "<= 10 %"),
        Check("light_field", N_("Light field on radiation field"), "", "+- 2 % SID"),
    ),
    "ultrasound": (
        _LEAKAGE,
        Check("depth", N_("Depth of penetration"), _PHANTOM, ">= 160 mm"),
        Check("resolution", N_("Resolution in depth"), _PHANTOM, "<= 1 mm"),
        Check("probe_surface", N_("Surface and cable of the probes")),
    ),
    "ventilator": (
        _LEAKAGE,
        Check("tidal_volume", N_("Tidal volume"), _GAS, "+- 10 %"),
        Check("oxygen", N_("Oxygen concentration"), _GAS, "+- 5 %"),
        Check("pressure", N_("Airway pressure"), _GAS, "+- 2 cmH2O"),
        _ALARMS,
        _BATTERY,
    ),
    "monitor": (
        _LEAKAGE,
        Check("heart_rate", N_("Heart rate"), N_("patient simulator"), "+- 2 /min"),
        Check("saturation", N_("Oxygen saturation"), N_("patient simulator"), "+- 2 %"),
        Check("blood_pressure", N_("Blood pressure"), N_("patient simulator"), "+- 5 mmHg"),
        _ALARMS,
        _BATTERY,
    ),
    "anaesthesia": (
        _LEAKAGE,
        Check("gas_leak", N_("Leak of the breathing circuit"), _GAS, "<= 150 mL/min"),
        Check("agent", N_("Concentration of the agent"), _GAS, "+- 20 %"),
        Check("oxygen_cut_off", N_("Cut-off without oxygen")),
        _ALARMS,
    ),
    "dialysis": (
        _LEAKAGE,
        Check("conductivity", N_("Conductivity"), N_("conductivity meter"), "13.8 - 14.2 mS/cm"),
        Check("temperature", N_("Temperature of the dialysate"), "", "+- 0.5 C"),
        Check("air_detector", N_("Air detector and clamp")),
        Check("blood_leak", N_("Blood leak detector")),
    ),
    "analyser": (
        _LEAKAGE,
        Check("control", N_("Control material, two levels"), "", "+- 2 SD"),
        Check("carry_over", N_("Carry-over"), "", "<= 2 %"),
        Check("repeatability", N_("Repeatability"), "", "<= 3 % CV"),
    ),
    "infusion_pump": (
        _LEAKAGE,
        Check("flow_rate", N_("Flow rate"), N_("infusion device analyser"), "+- 5 %"),
        Check("occlusion", N_("Occlusion alarm"), N_("infusion device analyser"), "<= 120 kPa"),
        Check("air_in_line", N_("Air in line alarm")),
        _BATTERY,
    ),
}

NAMES = {one.code: one.name for checks in CHECKLISTS.values() for one in checks}
"""What the tests are called, by code; a test that somebody made up stands for itself."""


def checklist(kind: str) -> tuple[Check, ...]:
    """Return the tests for a kind of device, none for one that has no list."""
    return CHECKLISTS.get(kind, ())

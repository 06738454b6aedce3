/* global luxon */

// Due moments are Vietnamese ones, also where an officer's computer lives elsewhere.
luxon.Settings.defaultZone = "Asia/Ho_Chi_Minh";

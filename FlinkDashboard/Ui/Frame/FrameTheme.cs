using MudBlazor;

namespace FlinkDashboard.Ui.Frame;

/// <summary>What MudBlazor needs in code: sizes. Its colours point at wwwroot/css/tokens.css, so that there is one palette.</summary>
public static class FrameTheme
{
    public static MudTheme Theme { get; } = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        ZIndex = new ZIndex { Dialog = 1400, Popover = 1450, Snackbar = 1460, Tooltip = 1470 },
    };
}

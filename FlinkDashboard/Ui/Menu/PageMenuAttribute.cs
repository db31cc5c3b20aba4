namespace FlinkDashboard.Ui.Menu;

/// <summary>Puts a page into the menu, the palette and the key list. Stands in the page's own file beside its route.</summary>
/// <param name="group">Heading in the rail: Run, Look, Platform or Settings.</param>
/// <param name="title">The page's name in the menu and the browser's title.</param>
/// <param name="icon">A symbol of wwwroot/icons/icons.svg.</param>
/// <param name="order">Place within the whole menu, ascending.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PageMenuAttribute(string group, string title, string icon, int order) : Attribute
{
    public string Group { get; } = group;

    public string Title { get; } = title;

    public string Icon { get; } = icon;

    public int Order { get; } = order;

    /// <summary>The letter that follows <c>g</c> to come here.</summary>
    public string Key { get; init; } = "";

    /// <summary>Stands in the phone's bottom bar.</summary>
    public bool OnPhone { get; init; }
}

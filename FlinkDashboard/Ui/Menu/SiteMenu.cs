using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Menu;

/// <summary>One page of the menu.</summary>
/// <param name="Address">Route without parameters, starting with a slash.</param>
public sealed record MenuEntry(string Address, string Group, string Title, string Icon, int Order, string Key, bool OnPhone)
{
    /// <summary>Whether an address (path, no query) lies on this page or below it.</summary>
    public bool Covers(string path) => Address == "/"
        ? path is "/" or ""
        : path.Equals(Address, StringComparison.OrdinalIgnoreCase) || path.StartsWith(Address + "/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Every page that carries a <see cref="PageMenuAttribute"/>, in menu order.</summary>
public static class SiteMenu
{
    public static IReadOnlyList<MenuEntry> Entries { get; } = Read(typeof(SiteMenu).Assembly);

    /// <summary>The entry a path belongs to; null for pages outside the menu.</summary>
    public static MenuEntry? At(string path) => Entries.Where(entry => entry.Covers(path)).MaxBy(entry => entry.Address.Length);

    private static IReadOnlyList<MenuEntry> Read(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           let menu = type.GetCustomAttribute<PageMenuAttribute>()
           where menu is not null
           let address = type.GetCustomAttributes<RouteAttribute>().Select(route => route.Template).Order(StringComparer.Ordinal).First()
           orderby menu.Order
           select new MenuEntry(address, menu.Group, menu.Title, menu.Icon, menu.Order, menu.Key, menu.OnPhone),
    ];
}

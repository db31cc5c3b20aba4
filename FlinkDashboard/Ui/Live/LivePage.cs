using FlinkDashboard.Ui.Menu;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FlinkDashboard.Ui.Live;

/// <summary>A live component whose filter, sort, tab and selection stand in the address: it follows the query string and changes it by navigating.</summary>
public abstract class LivePage : LiveComponent
{
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The query string now.</summary>
    protected PageQuery Query { get; private set; } = PageQuery.Empty;

    protected override void OnInitialized()
    {
        Query = PageQuery.Of(Navigation.Uri);
        Navigation.LocationChanged += Follow;
    }

    /// <summary>Sets one key of the query string; null or empty removes it. Replaces the history entry unless it opens or closes something.</summary>
    protected void Set(string key, string? value, bool asStep = false) => Navigation.NavigateTo(Query.With(key, value).On(Navigation), replace: !asStep);

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Follow;
        base.Dispose(disposing);
    }

    private void Follow(object? sender, LocationChangedEventArgs change)
    {
        Query = PageQuery.Of(change.Location);
        _ = InvokeAsync(Refresh);
    }
}

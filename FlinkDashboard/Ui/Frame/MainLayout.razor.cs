using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Menu;
using FlinkDashboard.Ui.Palette;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace FlinkDashboard.Ui.Frame;

/// <summary>Knows where the viewer is, and answers the keyboard.</summary>
public sealed partial class MainLayout : IAsyncDisposable
{
    private CommandPalette? _palette;
    private MenuEntry? _active;
    private PageQuery _scope = PageQuery.Empty;
    private DotNetObjectReference<MainLayout>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keys;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ClusterView Cluster { get; set; } = null!;

    private string Path => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0];

    private string SkipAddress => $"{Path}#content";

    /// <summary>Called by the key script.</summary>
    [JSInvokable]
    public Task OpenPalette() => OpenPaletteAsync();

    /// <summary>Called by the key script after <c>g</c>.</summary>
    [JSInvokable]
    public void GoTo(string letter)
    {
        if (SiteMenu.Entries.FirstOrDefault(entry => entry.Key == letter) is { } entry)
            Navigation.NavigateTo(_scope.On(entry.Address));
    }

    /// <summary>Called by the key script.</summary>
    [JSInvokable]
    public Task ShowKeys() => Dialogs.ShowAsync<KeysDialog>("Keys", new DialogOptions { CloseButton = true });

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Follow;
        _self?.Dispose();
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("destroy");
                await _keys.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The viewer has left; the browser has let go of its listeners itself.
        }
    }

    protected override void OnInitialized()
    {
        Look(Navigation.Uri);
        Navigation.LocationChanged += Follow;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", Assets["./js/keys.js"]);
        _keys = await _module.InvokeAsync<IJSObjectReference>("create", _self);
    }

    private Task OpenPaletteAsync() => _palette?.OpenAsync() ?? Task.CompletedTask;

    private async Task SkipToContentAsync()
    {
        if (_module is not null)
            await _module.InvokeVoidAsync("focusContent");
    }

    private void Follow(object? sender, LocationChangedEventArgs change)
    {
        Look(change.Location);
        _ = InvokeAsync(StateHasChanged);
    }

    private void Look(string address)
    {
        _active = SiteMenu.At(Path);
        _scope = PageQuery.Of(address).Only("ns");
    }

    private IReadOnlyList<PaletteItem> PaletteItems() => PaletteIndex.Of(Cluster, _scope);
}

using MudBlazor;

namespace FlinkDashboard.Ui.Actions;

/// <summary>Opens the confirmation of an action.</summary>
public static class OfferDialog
{
    /// <summary>Asks, and runs it on consent. Null when the viewer has thought better of it.</summary>
    public static async Task<ActionAnswer?> AskAsync(IDialogService dialogs, ActionOffer offer)
    {
        var parameters = new DialogParameters<ConfirmDialog> { { dialog => dialog.Offer, offer } };
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(offer.Question, parameters, new DialogOptions { CloseOnEscapeKey = true, BackdropClick = false });
        return await dialog.Result is { Canceled: false, Data: ActionAnswer answer } ? answer : null;
    }
}

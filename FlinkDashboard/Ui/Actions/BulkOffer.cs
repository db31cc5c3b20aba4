namespace FlinkDashboard.Ui.Actions;

/// <summary>One action on several objects, in the order in which they are listed.</summary>
/// <param name="Verb">"Suspend".</param>
/// <param name="Noun">What the objects are, singular: "application".</param>
/// <param name="Offers">The action on each object; those with a refusal are shown and left out.</param>
/// <param name="Keys">"namespace/name" of each, in the same order.</param>
public sealed record BulkOffer(string Verb, string Icon, string Noun, IReadOnlyList<ActionOffer> Offers, IReadOnlyList<string> Keys)
{
    /// <summary>How many may be acted on.</summary>
    public int Possible => Offers.Count(offer => offer.Refusal is null);

    /// <summary>Offers of several objects side by side, one for each of the verbs.</summary>
    /// <param name="verbs">Which, in the order of the buttons; a verb that no object has is left out.</param>
    /// <param name="objects">Key and offers of each object, in the order to run.</param>
    public static IReadOnlyList<BulkOffer> Of(IReadOnlyList<string> verbs, string noun, IEnumerable<(string Key, IReadOnlyList<ActionOffer> Offers)> objects)
    {
        var all = objects.ToArray();
        return
        [
            .. from verb in verbs
               let some = all.Select(one => (one.Key, Offer: one.Offers.FirstOrDefault(offer => offer.Verb == verb))).Where(one => one.Offer is not null).ToArray()
               where some.Length > 0
               select new BulkOffer(verb, some[0].Offer!.Icon, noun, [.. some.Select(one => one.Offer!)], [.. some.Select(one => one.Key)]),
        ];
    }
}

/// <summary>Where one object of a bulk run is.</summary>
public enum BulkState
{
    /// <summary>Refused before the start.</summary>
    Refused,

    /// <summary>Its turn is still to come.</summary>
    Waits,

    /// <summary>Being asked.</summary>
    Runs,

    /// <summary>Accepted.</summary>
    Done,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Not begun, because one before failed or the run was stopped.</summary>
    Skipped,
}

/// <summary>One object of a bulk run.</summary>
/// <param name="Text">What follows, the refusal, or how it ended.</param>
public sealed record BulkLine(string Key, string Name, BulkState State, string Text, bool LosesState);

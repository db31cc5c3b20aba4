using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Tables;

/// <summary>One column of a live table.</summary>
/// <param name="Id">Name in the address (<c>sort=age</c>) and CSS hook.</param>
/// <param name="Title">Heading, sentence case.</param>
/// <param name="Width">A CSS width; one column without stays elastic.</param>
/// <param name="Cell">What a cell shows.</param>
public sealed record TableColumn<TRow>(string Id, string Title, string? Width, RenderFragment<TRow> Cell)
{
    /// <summary>What the column sorts by; null: not sortable. Unknown values (null) stand last in either direction.</summary>
    public Func<TRow, IComparable?>? SortBy { get; init; }

    /// <summary>What marks a cell as changed when it differs from before; null: never marked.</summary>
    public Func<TRow, object?>? Mark { get; init; }

    /// <summary>Numbers stand to the right.</summary>
    public bool Right { get; init; }

    /// <summary>The cell that names the row for readers of the screen; it holds the row's link.</summary>
    public bool Names { get; init; }

    /// <summary>First click sorts descending (times, counts).</summary>
    public bool Descending { get; init; }

    /// <summary>Left out where the screen is narrow; the details show it.</summary>
    public bool Minor { get; init; }

    /// <summary>Shown only where the screen is wide.</summary>
    public bool Wide { get; init; }

    /// <summary>Left out beside an open side panel, and at twice the zoom.</summary>
    public bool Third { get; init; }

    /// <summary>"right", "minor", "wide": classes of its cells.</summary>
    public string Class => $"c-{Id}{(Right ? " right" : "")}{(Minor ? " minor" : "")}{(Wide ? " wide" : "")}{(Third ? " third" : "")}";

    /// <summary>Explains the heading on hover.</summary>
    public string? Hint { get; init; }
}

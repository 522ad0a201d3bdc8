import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Skeleton from '@material-ui/lab/Skeleton';

const ROWS = ['a', 'b', 'c', 'd', 'e'];

/** Placeholders for rows that are loading. */
export const JobsSkeleton = ({ columns }: { readonly columns: number }) => (
  <>
    {ROWS.map(row => (
      <TableRow key={row} aria-hidden>
        {Array.from({ length: columns }, (_, column) => (
          <TableCell key={`${row}${column}`}>
            <Skeleton height={28} width={column === 1 ? '80%' : '60%'} />
          </TableCell>
        ))}
      </TableRow>
    ))}
  </>
);

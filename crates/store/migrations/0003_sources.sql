-- Sources: what each file said, before several were put together into one case list.

select 1;
